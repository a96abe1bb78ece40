//! The builder of reading types and the words of the API say the same.

use super::*;
use crate::reading_type::{FlowDirection, MacroPeriod, MeasuringPeriod, Metering, Phases, ReadingTypeBuilder};

type Method = fn(Metering) -> ReadingTypeBuilder;

/// The word of a measurement and the method that says the same.
const MEASURED: [(&str, Method); 10] = [
    ("activeEnergy", Metering::active_energy),
    ("reactiveEnergy", Metering::reactive_energy),
    ("apparentEnergy", Metering::apparent_energy),
    ("activePower", Metering::active_power),
    ("reactivePower", Metering::reactive_power),
    ("apparentPower", Metering::apparent_power),
    ("voltage", Metering::voltage),
    ("current", Metering::current),
    ("frequency", Metering::frequency),
    ("powerFactor", Metering::power_factor),
];

/// The kinds of reading; those without a length in the builder are said without one.
fn metering(kind: ReadingKind, length: Option<&tables::Interval>) -> Metering {
    let measuring_period = length.map_or(MeasuringPeriod::NONE, |it| it.measuring_period);
    match kind {
        ReadingKind::IntervalData => ReadingType::interval(measuring_period),
        ReadingKind::RegisterRead => ReadingType::register(),
        ReadingKind::BillingData => ReadingType::billing(),
        ReadingKind::Instantaneous => ReadingType::instantaneous(),
        ReadingKind::Demand => ReadingType::demand_over(measuring_period),
    }
}

#[test]
fn builder_and_words_agree_on_every_combination() {
    assert_eq!(MEASUREMENTS.words.len(), MEASURED.len());
    let (mut possible, mut impossible) = (0, 0);
    for kind in READING_KINDS.words {
        let has_length = matches!(kind.means, ReadingKind::IntervalData | ReadingKind::Demand);
        for (measurement, measured) in MEASURED {
            let unit = MEASUREMENTS.find(measurement).unwrap().means.unit;
            let unit = UNITS.meaning(|it| it.unit == unit).unwrap().word;
            let lengths = INTERVALS.words.iter().filter(|it| has_length || it.means.macro_period != MacroPeriod::NONE);
            for interval in std::iter::once(None).chain(lengths.map(Some)) {
                for phase in std::iter::once(None).chain(PHASES.words.iter().map(Some)) {
                    for direction in std::iter::once(None).chain(DIRECTIONS.words.iter().map(Some)) {
                        let words = ReadingWords {
                            measurement: Some(measurement),
                            interval: interval.map(|it| it.word),
                            phase: phase.map(|it| it.word),
                            energy_direction: direction.map(|it| it.word),
                            time_of_use: Some(2),
                            ..words(kind.word, unit)
                        };
                        let mut faults = Vec::new();
                        let composed = compose(&words, &mut faults);
                        let built = measured(metering(kind.means, interval.map(|it| &it.means)))
                            .period(interval.map_or(MacroPeriod::NONE, |it| it.means.macro_period))
                            .phases(phase.map_or(Phases::NONE, |it| it.means))
                            .direction(direction.map_or(FlowDirection::NONE, |it| it.means))
                            .tou(2)
                            .build();
                        match (composed, built) {
                            (Some(composed), Ok(built)) => assert_eq!(composed, built, "{words:?}"),
                            (None, Err(error)) => {
                                let text = error.to_string().replace("daily", "P1D");
                                assert!(faults.iter().any(|it| it.detail == text), "{text}: {faults:?}");
                            }
                            (composed, built) => panic!("{words:?}: {composed:?}, {built:?}"),
                        }
                        *if built.is_ok() { &mut possible } else { &mut impossible } += 1;
                    }
                }
            }
        }
    }
    assert!(possible > 20_000 && impossible > 20_000, "{possible} possible, {impossible} not");
}

/// What the words do not have is built, and described as far as words fit.
#[test]
fn what_words_do_not_say_can_be_built() {
    let profile = ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).active_energy().kilo().forward();
    let primary = profile.primary_metered().build().unwrap();
    assert_eq!(describe(&primary), describe(&profile.build().unwrap()));
    let quadrant = ReadingType::register().reactive_energy().direction(FlowDirection::QUADRANT_3).build().unwrap();
    assert_eq!((describe(&quadrant).measurement, describe(&quadrant).energy_direction), (Some("reactiveEnergy"), None));
    let month = ReadingType::register().active_energy().monthly().build().unwrap();
    assert_eq!(describe(&month).reading_type, None);
}
