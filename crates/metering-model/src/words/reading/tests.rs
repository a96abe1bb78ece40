use super::tables::{METERED, ReadingKind};
use super::*;
use crate::ReadingType;
use crate::reading_type::{MeasurementUnit, Multiplier};
use crate::words::vocabulary::Vocabulary;

mod built;
mod documented;

fn faults_of(words: ReadingWords<'_>) -> Vec<WordFault> {
    let mut faults = Vec::new();
    assert_eq!(compose(&words, &mut faults), None);
    faults
}

fn only_fault_of(words: ReadingWords<'_>) -> WordFault {
    let mut faults = faults_of(words);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

fn composed(words: ReadingWords<'_>) -> ReadingType {
    let mut faults = Vec::new();
    let code = compose(&words, &mut faults);
    assert_eq!(faults, []);
    code.unwrap()
}

/// A kind of reading and a unit that go together.
fn words(reading_type: &'static str, unit: &'static str) -> ReadingWords<'static> {
    ReadingWords { reading_type: Some(reading_type), unit: Some(unit), ..ReadingWords::default() }
}

#[test]
fn the_example_of_the_api_document_has_its_code() {
    let example = ReadingWords {
        measurement: Some("activeEnergy"),
        multiplier: Some(0),
        phase: Some("ABC"),
        energy_direction: Some("forward"),
        ..words("intervalData", "kWh")
    };
    assert_eq!(composed(example).to_string(), "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0");
}

#[test]
fn words_stand_for_these_codes() {
    let forward = |reading_type, unit| ReadingWords { energy_direction: Some("forward"), ..words(reading_type, unit) };
    let every = |interval, words| ReadingWords { interval: Some(interval), ..words };
    for (words, code) in [
        (every("PT15M", forward("intervalData", "kWh")), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (every("PT30M", forward("interval", "Wh")), "0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.0.72.0"),
        (every("PT60M", forward("intervalData", "MWh")), "0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.6.72.0"),
        (every("P1D", forward("intervalData", "kWh")), "11.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (every("P1D", forward("registerRead", "kWh")), "11.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (forward("register", "kWh"), "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (forward("billing", "kWh"), "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (forward("demand", "kW"), "8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
        (every("P1D", forward("demand", "kW")), "11.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
        (forward("instantaneous", "kW"), "0.0.0.12.1.1.37.0.0.0.0.0.0.0.0.3.38.0"),
        (every("PT15M", forward("intervalData", "kW")), "0.2.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0"),
        (ReadingWords { phase: Some("AN"), ..words("instantaneous", "V") }, "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        (ReadingWords { phase: Some("A"), ..words("instantaneous", "A") }, "0.0.0.12.0.1.4.0.0.0.0.0.0.0.128.0.5.0"),
        (words("instantaneous", "Hz"), "0.0.0.12.0.1.15.0.0.0.0.0.0.0.0.0.33.0"),
        (words("instantaneous", "PF"), "0.0.0.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0"),
        (
            ReadingWords { energy_direction: Some("Q1+Q2"), ..every("PT15M", words("intervalData", "kVArh")) },
            "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0",
        ),
        (every("PT15M", forward("intervalData", "kVAh")), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.71.0"),
        (
            ReadingWords { time_of_use: Some(2), ..forward("registerRead", "kWh") },
            "0.0.0.1.1.1.12.0.0.0.0.2.0.0.0.3.72.0",
        ),
    ] {
        assert_eq!(composed(words).to_string(), code, "{words:?}");
    }
}

/// Every spelling of a vocabulary with the one that answers use, and none.
fn spellings<T>(vocabulary: &Vocabulary<T>) -> Vec<(Option<&'static str>, Option<&'static str>)> {
    let all = vocabulary.words.iter().flat_map(|entry| {
        std::iter::once(entry.word)
            .chain(entry.aliases.iter().copied())
            .map(|spelling| (Some(spelling), Some(entry.word)))
    });
    std::iter::once((None, None)).chain(all).collect()
}

#[test]
fn describing_gives_back_the_words_of_every_code_they_can_make() {
    fn with_none(words: &'static [&'static str]) -> impl Iterator<Item = Option<&'static str>> + Clone {
        std::iter::once(None).chain(words.iter().copied().map(Some))
    }
    let mut faults = Vec::new();
    let mut made = 0;
    for kind in lists::READING_TYPE_WORDS {
        for unit in lists::UNIT_WORDS {
            for interval in with_none(lists::INTERVAL_WORDS) {
                let plain = ReadingWords { interval, ..words(kind, unit) };
                if compose(&plain, &mut faults).is_none() {
                    continue;
                }
                for phase in with_none(lists::PHASE_WORDS) {
                    for energy_direction in with_none(lists::ENERGY_DIRECTION_WORDS) {
                        let time_of_use = energy_direction.map(|_| 7);
                        let sent = ReadingWords { phase, energy_direction, time_of_use, ..plain };
                        let Some(code) = compose(&sent, &mut faults) else { continue };
                        made += 1;
                        let said = describe(&code);
                        let measurement = said.measurement;
                        assert!(measurement.is_some());
                        assert_eq!(said.as_words(), ReadingWords { measurement, multiplier: Some(0), ..sent });
                        assert_eq!(compose(&said.as_words(), &mut faults), Some(code), "{sent:?}");
                    }
                }
                faults.clear();
            }
        }
    }
    assert!(made > 50_000, "{made} codes were made");
}

#[test]
fn aliases_stand_for_the_same_as_their_word() {
    for (kind, canonical) in spellings(&READING_KINDS).into_iter().skip(1) {
        let unit = if canonical == Some("demand") || canonical == Some("instantaneous") { "kW" } else { "kWh" };
        let code = composed(ReadingWords { reading_type: kind, ..words("", unit) });
        assert_eq!(describe(&code).reading_type, canonical);
    }
    for (interval, canonical) in spellings(&INTERVALS) {
        let code = composed(ReadingWords { interval, ..words("registerRead", "kWh") });
        assert_eq!(describe(&code).interval, canonical);
    }
    for (phase, canonical) in spellings(&PHASES) {
        let unit = if canonical == Some("N") { "A" } else { "V" };
        let code = composed(ReadingWords { phase, ..words("instantaneous", unit) });
        assert_eq!(describe(&code).phase, canonical);
    }
    for (energy_direction, canonical) in spellings(&DIRECTIONS) {
        let is_factor = canonical == Some("lagging") || canonical == Some("leading");
        let code = composed(ReadingWords {
            energy_direction,
            ..words("intervalData", if is_factor { "PF" } else { "kVArh" })
        });
        assert_eq!(describe(&code).energy_direction, canonical);
    }
}

#[test]
fn the_multiplier_and_the_prefix_are_one_power_of_ten() {
    for unit in UNITS.words {
        for power in Multiplier::LISTED {
            let multiplier = i64::from(power.code()) - i64::from(unit.means.prefix);
            let kind = if unit.word.ends_with('h') { "registerRead" } else { "instantaneous" };
            let sent = ReadingWords { multiplier: Some(multiplier), ..words(kind, unit.word) };
            let code = composed(sent);
            assert_eq!(code.multiplier, *power, "{sent:?}");
            let said = describe(&code);
            assert_eq!(composed(said.as_words()), code);
            assert!(said.multiplier == 0 || UNITS.find(said.unit.unwrap()).unwrap().means.prefix == 0, "{said:?}");
        }
    }
    let said = describe(&composed(ReadingWords { multiplier: Some(3), ..words("registerRead", "Wh") }));
    assert_eq!((said.unit, said.multiplier), (Some("kWh"), 0));
    let said = describe(&composed(ReadingWords { multiplier: Some(6), ..words("registerRead", "kWh") }));
    assert_eq!((said.unit, said.multiplier), (Some("Wh"), 9));
}

#[test]
fn a_power_of_ten_without_a_code_is_refused_with_the_nearest() {
    for (multiplier, nearest) in [(1, "0 or 3"), (-8, "-9 or -6"), (22, "21"), (i64::MAX, "21"), (i64::MIN, "-27")] {
        // kWh times ten to 1 is Wh times ten to 4.
        let fault = only_fault_of(ReadingWords { multiplier: Some(multiplier), ..words("registerRead", "kWh") });
        assert_eq!((fault.field, fault.code), ("multiplier", ViolationCode::NoSuchMultiplier));
        assert!(fault.detail.contains(&format!("unit {nearest} would be nearest")), "{}", fault.detail);
    }
}

#[test]
fn every_wrong_combination_says_what_would_be_right() {
    use ViolationCode::{
        Contradiction, DirectionMeasurementMismatch, KindMeasurementMismatch, PhaseMeasurementMismatch,
        UnitMeasurementMismatch,
    };
    let measuring = |measurement, words| ReadingWords { measurement: Some(measurement), ..words };
    let flowing = |direction, words| ReadingWords { energy_direction: Some(direction), ..words };
    let on = |phase, words| ReadingWords { phase: Some(phase), ..words };
    let day = |words| ReadingWords { interval: Some("P1D"), ..words };
    for (words, field, code, detail) in [
        (
            measuring("activeEnergy", words("intervalData", "V")),
            "unit",
            UnitMeasurementMismatch,
            "V does not measure activeEnergy; Wh, kWh or MWh do",
        ),
        (
            measuring("voltage", words("instantaneous", "A")),
            "unit",
            UnitMeasurementMismatch,
            "A does not measure voltage; V does",
        ),
        (
            measuring("reactiveEnergy", words("registerRead", "kWh")),
            "unit",
            UnitMeasurementMismatch,
            "kWh does not measure reactiveEnergy; VArh, kVArh or MVArh do",
        ),
        (
            flowing("forward", words("instantaneous", "V")),
            "energyDirection",
            DirectionMeasurementMismatch,
            "voltage has no direction, so `forward` does not go with it; leave energyDirection out",
        ),
        (
            flowing("lagging", words("registerRead", "kWh")),
            "energyDirection",
            DirectionMeasurementMismatch,
            "energyDirection lagging does not go with activeEnergy; forward, reverse, net, total, Q1+Q2, Q1+Q3, Q1+Q4, Q2+Q3, Q2+Q4 or Q3+Q4 do, or none",
        ),
        (
            flowing("net", words("instantaneous", "PF")),
            "energyDirection",
            DirectionMeasurementMismatch,
            "energyDirection net does not go with powerFactor; forward, reverse, total, lagging or leading do, or none",
        ),
        (
            on("NG", words("registerRead", "kWh")),
            "phase",
            PhaseMeasurementMismatch,
            "phase NG does not go with activeEnergy; A, B, C, AN, BN, CN, AB, BC, CA or ABC do, or none",
        ),
        (
            on("AB", words("instantaneous", "A")),
            "phase",
            PhaseMeasurementMismatch,
            "phase AB does not go with current; A, B, C, N, ABC or NG do, or none",
        ),
        (
            words("demand", "kWh"),
            "readingType",
            KindMeasurementMismatch,
            "demand does not go with activeEnergy; intervalData, registerRead or billingData do",
        ),
        (
            words("registerRead", "kW"),
            "readingType",
            KindMeasurementMismatch,
            "registerRead does not go with activePower; intervalData, instantaneous or demand do",
        ),
        (
            words("billing", "Hz"),
            "readingType",
            KindMeasurementMismatch,
            "billingData does not go with frequency; intervalData or instantaneous do",
        ),
        (
            day(words("billingData", "kWh")),
            "interval",
            Contradiction,
            "billingData is for a billing period, so P1D does not go with it; intervalData or registerRead go with P1D",
        ),
    ] {
        let fault = only_fault_of(words);
        assert_eq!((fault.field, fault.code, fault.detail.as_str()), (field, code, detail));
    }
}

#[test]
fn every_kind_goes_with_a_measurement_exactly_where_the_table_has_a_row() {
    for unit in UNITS.words {
        let measurement = MEASUREMENTS.meaning(|it| it.unit == unit.means.unit).expect("every unit measures something");
        for kind in READING_KINDS.words {
            let goes = METERED.iter().any(|row| row.kind == kind.means && row.class == measurement.means.class);
            let mut faults = Vec::new();
            assert_eq!(
                compose(&words(kind.word, unit.word), &mut faults).is_some(),
                goes,
                "{} {}",
                kind.word,
                unit.word
            );
        }
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = faults_of(ReadingWords {
        reading_type: Some("intervaldata"),
        measurement: Some("activEnergy"),
        interval: Some("15 min"),
        unit: Some("kwh"),
        multiplier: Some(0),
        phase: Some("ABD"),
        energy_direction: Some("Forward"),
        time_of_use: Some(-1),
    });
    let fields: Vec<_> = faults.iter().map(|it| it.field).collect();
    assert_eq!(fields, ["readingType", "measurement", "unit", "interval", "phase", "energyDirection", "timeOfUse"]);
    assert_eq!(
        faults[4].detail,
        "unknown phase `ABD`; did you mean `ABC`? Known are A, B, C, N, AN, BN, CN, AB, BC, CA, ABC, NG"
    );
    assert!(faults[0].detail.contains("did you mean `intervalData`?"));
    assert!(faults[2].detail.contains("did you mean `kWh`?"));
    assert_eq!(faults[6].code, ViolationCode::OutOfRange);
}

#[test]
fn what_is_missing_is_named_with_an_example() {
    let faults = faults_of(ReadingWords { measurement: Some("voltage"), ..ReadingWords::default() });
    assert_eq!(
        faults.iter().map(|it| (it.field, it.code)).collect::<Vec<_>>(),
        [("readingType", ViolationCode::Missing), ("unit", ViolationCode::Missing)]
    );
    assert!(faults[0].detail.contains("for example `intervalData`"), "{}", faults[0].detail);
    assert!(faults[1].detail.contains("for example `V`"), "{}", faults[1].detail);
    let fault = only_fault_of(ReadingWords { reading_type: Some("interval"), ..ReadingWords::default() });
    assert!(fault.detail.contains("for example `kWh`"), "{}", fault.detail);
}

#[test]
fn a_long_unknown_word_is_not_repeated_at_length() {
    let long = "x".repeat(10_000);
    let fault = only_fault_of(ReadingWords { phase: Some(&long), ..words("registerRead", "kWh") });
    assert!(fault.detail.len() < 200, "{}", fault.detail.len());
}

#[test]
fn a_code_as_reading_type_stands_for_itself() {
    let code = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
    let alone = ReadingWords { reading_type: Some(code), ..ReadingWords::default() };
    assert_eq!(composed(alone).to_string(), code);
    assert_eq!(composed(ReadingWords { unit: Some("kWh"), multiplier: Some(0), ..alone }).to_string(), code);
    let fault = only_fault_of(ReadingWords { unit: Some("MWh"), ..alone });
    assert_eq!((fault.field, fault.code), ("unit", ViolationCode::CodeContradictsWords));
    let fault = only_fault_of(ReadingWords { reading_type: Some("0.0.2.4"), ..ReadingWords::default() });
    assert_eq!(fault.code, ViolationCode::InvalidCode);
}

fn contradictions(words: ReadingWords<'_>, code: &str) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    agrees(&words, &code.parse().unwrap(), &mut faults);
    faults.into_iter().map(|it| (it.field, it.detail)).collect()
}

#[test]
fn words_that_say_the_same_as_the_code_agree() {
    let code = "0.0.2.4.1.1.12.0.0.0.0.2.0.0.224.3.72.0";
    let all = ReadingWords {
        measurement: Some("activeEnergy"),
        interval: Some("PT900S"),
        multiplier: Some(0),
        phase: Some("ABC"),
        energy_direction: Some("forward"),
        time_of_use: Some(2),
        ..words("interval", "kWh")
    };
    assert_eq!(contradictions(all, code), []);
    assert_eq!(contradictions(ReadingWords { unit: Some("Wh"), multiplier: Some(3), ..all }, code), []);
    assert_eq!(contradictions(ReadingWords { unit: None, multiplier: Some(3), ..all }, code), []);
    assert_eq!(contradictions(ReadingWords { reading_type: Some(code), ..all }, code), []);
    assert_eq!(contradictions(ReadingWords::default(), code), []);
    // Senders write one of two accumulations for the same.
    assert_eq!(contradictions(words("registerRead", "kWh"), "0.0.0.9.1.2.12.0.0.0.0.0.0.0.0.3.72.0"), []);
    assert_eq!(contradictions(words("instantaneous", "W"), "0.0.0.6.1.1.37.0.0.0.0.0.0.0.0.0.38.0"), []);
}

#[test]
fn words_that_say_otherwise_are_each_named() {
    let code = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
    let found = contradictions(
        ReadingWords {
            measurement: Some("reactiveEnergy"),
            interval: Some("PT30M"),
            phase: Some("ABC"),
            energy_direction: Some("reverse"),
            time_of_use: Some(1),
            ..words("registerRead", "MWh")
        },
        code,
    );
    let expected = [
        ("readingType", "readingType says registerRead, the reading type code says intervalData"),
        ("measurement", "measurement says reactiveEnergy, the reading type code says activeEnergy"),
        ("interval", "interval says PT30M, the reading type code says PT15M"),
        ("phase", "phase says ABC, the reading type code does not; leave phase out"),
        ("energyDirection", "energyDirection says reverse, the reading type code says forward"),
        ("timeOfUse", "timeOfUse says 1, the reading type code says 0"),
        ("unit", "unit says MWh, the reading type code says kWh"),
    ];
    assert_eq!(found.iter().map(|(field, detail)| (*field, detail.as_str())).collect::<Vec<_>>(), expected);
    let multiplied = ReadingWords { unit: Some("kWh"), multiplier: Some(2), ..ReadingWords::default() };
    assert_eq!(
        contradictions(multiplied, code),
        [("multiplier", "multiplier says kWh times ten to 2, the reading type code says kWh".to_owned())]
    );
    let other = ReadingWords { reading_type: Some("0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"), ..ReadingWords::default() };
    assert_eq!(contradictions(other, code).len(), 1);
}

#[test]
fn codes_that_words_cannot_make_are_described_as_far_as_words_fit() {
    let said = |code: &str| describe(&code.parse().unwrap());
    // The third harmonic of a voltage is not the voltage.
    let harmonic = said("0.0.0.12.0.1.54.3.1.0.0.0.0.0.129.0.29.0");
    assert_eq!((harmonic.reading_type, harmonic.measurement), (Some("instantaneous"), None));
    assert_eq!((harmonic.unit, harmonic.phase), (Some("V"), Some("AN")));
    // A volume of gas; and gas counted in kWh is no active energy.
    let gas = said("0.0.0.1.0.7.58.0.0.0.0.0.0.0.0.0.42.0");
    assert_eq!((gas.reading_type, gas.measurement, gas.unit), (Some("registerRead"), None, None));
    assert_eq!(said("0.0.0.1.0.7.12.0.0.0.0.0.0.0.0.3.72.0").measurement, None);
    // Months, latching dials, and demand that is no maximum have no word.
    assert_eq!(said("13.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0").reading_type, None);
    assert_eq!(said("0.0.0.13.1.1.12.0.0.0.0.0.0.0.0.3.72.0").reading_type, None);
    let demand = said("0.0.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0");
    assert_eq!((demand.reading_type, demand.measurement), (None, Some("activePower")));
    // A day that is also a metering interval of another length is neither word.
    assert_eq!(said("11.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0").interval, None);
    assert_eq!(said("0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"), DescribedReadingType::default());
    // Unlisted numbers never fail.
    let far = said("65535.65535.65535.65535.65535.65535.65535.1.1.1.1.65535.1.1.65535.-128.65535.65535");
    assert_eq!((far.unit, far.multiplier, far.time_of_use), (None, -128, Some(65_535)));
}

#[test]
fn each_table_spells_a_word_once_and_means_a_thing_once() {
    fn check<T: PartialEq + Copy>(vocabulary: &Vocabulary<T>) {
        let mut all: Vec<_> = spellings(vocabulary).into_iter().map(|it| it.0).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{}: a spelling twice", vocabulary.field);
        for (at, entry) in vocabulary.words.iter().enumerate() {
            assert!(vocabulary.words[at + 1..].iter().all(|it| it.means != entry.means), "{} twice", entry.word);
        }
    }
    check(&READING_KINDS);
    check(&INTERVALS);
    check(&UNITS);
    check(&PHASES);
    check(&DIRECTIONS);
}

#[test]
fn every_word_stands_for_a_listed_code() {
    assert!(UNITS.words.iter().all(|it| it.means.unit.is_listed()));
    assert!(PHASES.words.iter().all(|it| it.means.is_listed()));
    assert!(DIRECTIONS.words.iter().all(|it| it.means.is_listed()));
    assert!(INTERVALS.words.iter().all(|it| it.means.measuring_period.is_listed()));
    assert!(MEASUREMENTS.words.iter().all(|it| it.means.unit.is_listed() && it.means.kind.is_listed()));
    assert_eq!(lists::UNIT_WORDS.len(), UNITS.words.len());
    assert_eq!(MeasurementUnit::COS_THETA.code(), 65);
}
