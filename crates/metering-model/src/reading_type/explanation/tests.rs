use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

fn explained(code: &str) -> String {
    code.parse::<ReadingType>().unwrap().explain().to_string()
}

#[test]
fn codes_mean_this() {
    for (code, meaning) in [
        ("0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", "nothing said"),
        ("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "15-minute interval, forward active energy (secondary metered), kWh"),
        ("0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "30-minute interval, forward active energy (secondary metered), kWh"),
        ("0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "60-minute interval, forward active energy (secondary metered), kWh"),
        ("0.0.4.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0", "24-hour interval, reverse active energy (secondary metered), kWh"),
        ("0.0.79.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "2-hour interval, forward active energy (secondary metered), kWh"),
        (
            "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0",
            "interval of unstated length, forward active energy (secondary metered), phases ABC, kWh",
        ),
        (
            "0.0.100.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
            "specified interval, forward active energy (secondary metered), kWh",
        ),
        ("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "register, forward active energy (secondary metered), kWh"),
        ("11.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "daily register, forward active energy (secondary metered), kWh"),
        ("11.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "daily interval, forward active energy (secondary metered), kWh"),
        ("13.0.0.4.4.1.12.0.0.0.0.0.0.0.0.3.72.0", "monthly interval, net active energy (secondary metered), kWh"),
        (
            "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
            "billing-period register, forward active energy (secondary metered), kWh",
        ),
        (
            "8.0.0.9.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
            "billing-period summation register, forward active energy (secondary metered), kWh",
        ),
        (
            "0.0.0.1.1.1.12.0.0.0.0.2.0.0.0.3.72.0",
            "register, forward active energy (secondary metered), time of use register 2, kWh",
        ),
        (
            "0.0.0.1.1.1.12.0.0.0.0.2.1.3.0.3.72.0",
            "register, forward active energy (secondary metered), time of use register 2, critical peak period 1, consumption tier 3, kWh",
        ),
        (
            "8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0",
            "billing-period indicated value, maximum forward active demand (secondary metered), kW",
        ),
        (
            "8.8.53.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0",
            "billing-period indicated value, over a fixed block of 15 minutes, maximum forward active demand (secondary metered), kW",
        ),
        (
            "11.8.57.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0",
            "daily indicated value, over a rolling block of 60 minutes by 30, maximum forward active demand (secondary metered), kW",
        ),
        ("0.0.0.12.1.1.37.0.0.0.0.0.0.0.0.3.38.0", "instantaneous value, forward active power (secondary metered), kW"),
        (
            "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0",
            "instantaneous value, voltage (secondary metered), phase A to neutral, V",
        ),
        (
            "0.0.0.12.0.1.54.3.1.0.0.0.0.0.132.-3.29.0",
            "instantaneous value, voltage (secondary metered), 3rd harmonic, phase A to B, mV",
        ),
        (
            "0.0.0.12.0.1.54.1.2.0.0.0.0.0.528.0.29.0",
            "instantaneous value, voltage (secondary metered), interharmonic 1/2, phases S1N, V",
        ),
        ("0.0.0.12.0.1.4.0.0.0.0.0.0.0.128.0.5.0", "instantaneous value, current (secondary metered), phase A, A"),
        ("0.0.0.12.0.1.15.0.0.0.0.0.0.0.0.0.33.0", "instantaneous value, frequency (secondary metered), Hz"),
        ("0.0.0.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0", "instantaneous value, power factor (secondary metered), cos theta"),
        (
            "0.0.0.12.2.1.38.0.0.0.0.0.0.0.0.0.65.0",
            "instantaneous value, lagging power factor (secondary metered), cos theta",
        ),
        (
            "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0",
            "15-minute interval, Q1+Q2 reactive energy (secondary metered), kVArh",
        ),
        ("0.0.0.1.15.1.12.0.0.0.0.0.0.0.0.3.73.0", "register, Q1 reactive energy (secondary metered), kVArh"),
        (
            "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.71.0",
            "15-minute interval, forward apparent energy (secondary metered), kVAh",
        ),
        (
            "0.0.2.9.1.2.12.0.0.0.0.0.0.0.0.3.72.0",
            "15-minute summation register, forward active energy (primary metered), kWh",
        ),
        (
            "0.2.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0",
            "15-minute indicated value, average forward active power (secondary metered), kW",
        ),
        ("0.2.1.6.0.1.54.0.0.0.0.0.0.0.0.0.29.0", "10-minute indicated value, average voltage (secondary metered), V"),
        ("0.9.0.0.0.1.54.0.0.0.0.0.0.0.65.0.29.0", "minimum voltage (secondary metered), phase B to neutral, V"),
        (
            "0.0.2.4.21.1.12.0.0.0.0.0.0.0.0.6.72.0",
            "15-minute interval, total by phase active energy (secondary metered), MWh",
        ),
        ("0.0.0.1.0.7.58.0.0.0.0.0.0.0.0.0.42.0", "register, volume (natural gas), m3"),
        ("0.0.0.1.0.9.58.0.0.0.0.0.0.0.0.3.134.0", "register, volume (potable water), l times ten to 3"),
        (
            "0.0.0.12.0.7.46.0.0.0.0.0.0.0.0.-1.23.0",
            "instantaneous value, temperature (natural gas), degC times ten to -1",
        ),
        ("0.0.0.0.0.1.22.0.0.4.1.0.0.0.0.0.0.0", "IEEE 1366 CEMIn (secondary metered), argument 4"),
        ("0.0.0.0.0.0.16.0.0.0.0.0.0.0.0.-2.80.978", "funds, money times ten to -2, currency EUR"),
        ("0.0.15.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", "present value"),
        ("0.0.0.0.19.0.0.0.0.0.0.0.0.0.2272.0.0.0", "reverse quantity, three-wire delta"),
        ("0.0.0.0.0.1.0.0.0.0.0.0.0.0.17.3.0.0", "quantity (secondary metered), neutral to ground, times ten to 3"),
        (
            "0.0.0.4.0.1.60000.0.0.0.0.0.0.0.0.3.61000.0",
            "interval of unstated length, unlisted measurement kind 60000 (secondary metered), unlisted unit 61000 times ten to 3",
        ),
        (
            "9.3.9.5.6.60.1.0.7.3.0.0.0.0.3.4.1.1",
            "unlisted macro period 9 unlisted measuring period 9 unlisted accumulation 5, unlisted aggregate 3 unlisted flow direction 6 unlisted measurement kind 1 (unlisted commodity 60), meaningless interharmonic 0/7, meaningless argument 3/0, unlisted phases 3, unlisted unit 1, unlisted multiplier 4, unlisted currency 1",
        ),
    ] {
        assert_eq!(explained(code), meaning, "{code}");
    }
}

/// The texts of these codes, each of which must be another.
fn all_differ(codes: impl Iterator<Item = ReadingType>) {
    let mut texts = HashMap::new();
    for code in codes {
        if let Some(other) = texts.insert(code.explain().to_string(), code) {
            panic!("{code} and {other}: {}", code.explain());
        }
    }
}

macro_rules! each_of {
    ($base:expr; $($field:ident: $List:ident),+) => { $(
        all_differ($List::LISTED.iter().map(|code| ReadingType { $field: *code, ..$base }));
    )+ };
}

#[test]
fn every_listed_code_shows() {
    for base in [
        "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",
        "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "8.8.53.6.1.2.8.3.1.4.1.1.2.3.224.-3.5.978",
    ] {
        let base: ReadingType = base.parse().unwrap();
        each_of!(base;
            macro_period: MacroPeriod, aggregate: Aggregate, measuring_period: MeasuringPeriod,
            accumulation: Accumulation, flow_direction: FlowDirection, commodity: Commodity,
            measurement_kind: MeasurementKind, phases: Phases, multiplier: Multiplier, unit: MeasurementUnit,
            currency: Currency);
    }
}

fn listed<T: Copy + std::fmt::Debug + 'static>(list: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(list)
}

fn any_listed() -> impl Strategy<Value = ReadingType> {
    (
        (listed(MacroPeriod::LISTED), listed(Aggregate::LISTED), listed(MeasuringPeriod::LISTED)),
        (listed(Accumulation::LISTED), listed(FlowDirection::LISTED), listed(Commodity::LISTED)),
        (listed(MeasurementKind::LISTED), 0..3u16, 0..3u16, 0..3u16, 0..3u16, 0..3u16, 0..3u16, 0..3u16),
        (listed(Phases::LISTED), listed(Multiplier::LISTED), listed(MeasurementUnit::LISTED), listed(Currency::LISTED)),
    )
        .prop_map(|((a, b, c), (d, e, f), (g, h, i, j, k, l, m, n), (o, p, q, r))| ReadingType {
            macro_period: a,
            aggregate: b,
            measuring_period: c,
            accumulation: d,
            flow_direction: e,
            commodity: f,
            measurement_kind: g,
            interharmonic: crate::reading_type::Interharmonic::new(h, i),
            argument: crate::reading_type::Argument::new(j, k),
            tou: Tou::from_code(l),
            cpp: Cpp::from_code(m),
            consumption_tier: ConsumptionTier::from_code(n),
            phases: o,
            multiplier: p,
            unit: q,
            currency: r,
        })
}

proptest! {
    #[test]
    fn any_eighteen_numbers_are_explained(codes in any::<[u16; 17]>(), multiplier in any::<i8>()) {
        let mut numbers = codes.map(i32::from).to_vec();
        numbers.insert(15, multiplier.into());
        let code = ReadingType::from_codes(numbers.try_into().unwrap());
        let text = code.explain().to_string();
        prop_assert!(!text.is_empty() && !text.contains("  ") && !text.contains(" ,"), "{}", text);
        for part in code.unlisted_parts() {
            prop_assert!(text.contains(&format!(" {}", code.codes()[part - 1])), "{}: {}", part, text);
        }
        prop_assert!(text.matches("unlisted").count() == code.unlisted_parts().count(), "{}: {}", code, text);
    }

    #[test]
    fn codes_that_differ_in_a_part_are_told_apart(one in any_listed(), other in any_listed(), part in 0..18usize) {
        let (mut codes, others) = (one.codes(), other.codes());
        codes[part] = others[part];
        let near = ReadingType::from_codes(codes);
        for (one, other) in [(one, near), (one, other)] {
            prop_assert_eq!(one == other, one.explain().to_string() == other.explain().to_string());
        }
    }
}
