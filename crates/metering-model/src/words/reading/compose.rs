//! From words to the reading type, with every fault.

use super::agree::agrees;
use super::fit::{
    do_so, has_direction, has_phases, metered, units_of, wrong_direction, wrong_kind, wrong_period, wrong_phases,
    wrong_power,
};
use super::tables::{
    DIRECTIONS, INTERVALS, Interval, MEASUREMENTS, Measurement, Metered, PHASES, PrefixedUnit, READING_KINDS,
    ReadingKind, UNITS,
};
use super::{ReadingWords, invalid_code, is_like_a_code, time_of_use};
use crate::reading_type::{Commodity, FlowDirection, MacroPeriod, MeasuringPeriod, Multiplier, Phases, Tou};
use crate::words::WordFault;
use crate::words::vocabulary::{Vocabulary, Word};
use crate::{ReadingType, ViolationCode};

/// The reading type that the words stand for.
///
/// Every fault is added to `faults`, not only the first; `None` means that there were some. An
/// 18-part code as `readingType` stands for itself, and the other words must agree with it.
///
/// ```
/// use metering_model::words::{ReadingWords, compose};
///
/// let words = ReadingWords {
///     reading_type: Some("intervalData"),
///     unit: Some("kWh"),
///     interval: Some("PT15M"),
///     energy_direction: Some("forward"),
///     ..ReadingWords::default()
/// };
/// let mut faults = Vec::new();
/// let code = compose(&words, &mut faults).unwrap();
/// assert_eq!(code.to_string(), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
///
/// assert_eq!(compose(&ReadingWords { measurement: Some("voltage"), ..words }, &mut faults), None);
/// assert_eq!(faults[0].detail, "kWh does not measure voltage; V does");
/// ```
pub fn compose(words: &ReadingWords<'_>, faults: &mut Vec<WordFault>) -> Option<ReadingType> {
    let faults_before = faults.len();
    let kind = match words.reading_type {
        None => {
            faults.push(missing(&READING_KINDS, "how it was metered", "intervalData"));
            None
        }
        Some(text) => match READING_KINDS.find(text) {
            Some(kind) => Some(kind),
            None if is_like_a_code(text) => return composed_of_code(text, words, faults),
            None => READING_KINDS.read_optional(words.reading_type, faults),
        },
    };
    let named = MEASUREMENTS.read_optional(words.measurement, faults);
    let unit = UNITS.read_optional(words.unit, faults);
    let interval = INTERVALS.read_optional(words.interval, faults);
    let phase = PHASES.read_optional(words.phase, faults);
    let direction = DIRECTIONS.read_optional(words.energy_direction, faults);
    let tou = time_of_use(words.time_of_use, faults);

    let measurement = measured_by(named, unit, faults);
    if words.unit.is_none() {
        let units = named.map(|it| units_of(&it.means));
        let example = units.as_ref().and_then(|units| units.get(1).or(units.first())).copied().unwrap_or("kWh");
        faults.push(missing(&UNITS, "what the value counts", example));
    }
    if let Some(measurement) = measurement {
        go_together(measurement, phase, direction, faults);
    }
    let metered = kind.zip(measurement).and_then(|(kind, measurement)| metered_so(kind, measurement, faults));
    let macro_period = metered.and_then(|metered| macro_period(metered, interval, faults));
    let multiplier = unit.and_then(|unit| effective_multiplier(unit, words.multiplier, faults));

    if faults.len() > faults_before {
        return None;
    }
    let (measurement, metered) = (measurement?.means, metered?);
    Some(ReadingType {
        macro_period: macro_period?,
        aggregate: metered.aggregate,
        measuring_period: interval.map_or(MeasuringPeriod::NONE, |it| it.means.measuring_period),
        accumulation: metered.accumulation,
        flow_direction: direction.map_or(FlowDirection::NONE, |it| it.means),
        commodity: Commodity::ELECTRICITY_SECONDARY_METERED,
        measurement_kind: metered.measurement_kind.unwrap_or(measurement.kind),
        tou: Tou::from_code(tou?),
        phases: phase.map_or(Phases::NONE, |it| it.means),
        multiplier: multiplier?,
        unit: measurement.unit,
        ..ReadingType::NONE
    })
}

fn composed_of_code(text: &str, words: &ReadingWords<'_>, faults: &mut Vec<WordFault>) -> Option<ReadingType> {
    let faults_before = faults.len();
    match text.parse::<ReadingType>() {
        Err(error) => {
            faults.push(invalid_code(error.to_string()));
            None
        }
        Ok(code) => {
            agrees(&ReadingWords { reading_type: None, ..*words }, &code, faults);
            (faults.len() == faults_before).then_some(code)
        }
    }
}

fn missing<T>(vocabulary: &Vocabulary<T>, says: &str, example: &str) -> WordFault {
    WordFault {
        field: vocabulary.field,
        code: ViolationCode::Missing,
        detail: format!("{} is missing: {says}, for example `{example}`; or send a readingTypeCode", vocabulary.field),
    }
}

/// What is measured: as named, or as the unit says; both must say the same.
fn measured_by(
    named: Option<&'static Word<Measurement>>,
    unit: Option<&'static Word<PrefixedUnit>>,
    faults: &mut Vec<WordFault>,
) -> Option<&'static Word<Measurement>> {
    let Some(unit) = unit else { return named };
    let by_unit = MEASUREMENTS.meaning(|it| it.unit == unit.means.unit);
    let Some(named) = named else { return by_unit };
    if named.means.unit == unit.means.unit {
        return Some(named);
    }
    let right = units_of(&named.means);
    faults.push(WordFault {
        field: UNITS.field,
        code: ViolationCode::UnitMeasurementMismatch,
        detail: format!("{} does not measure {}; {}", unit.word, named.word, do_so(&right)),
    });
    None
}

/// Phase and direction must go with what is measured.
fn go_together(
    measurement: &Word<Measurement>,
    phase: Option<&'static Word<Phases>>,
    direction: Option<&'static Word<FlowDirection>>,
    faults: &mut Vec<WordFault>,
) {
    if let Some(phase) = phase
        && !has_phases(&measurement.means, phase.means)
    {
        faults.push(WordFault {
            field: PHASES.field,
            code: ViolationCode::PhaseMeasurementMismatch,
            detail: wrong_phases(phase.word, measurement),
        });
    }
    if let Some(direction) = direction
        && !has_direction(&measurement.means, direction.means)
    {
        faults.push(WordFault {
            field: DIRECTIONS.field,
            code: ViolationCode::DirectionMeasurementMismatch,
            detail: wrong_direction(direction.word, measurement),
        });
    }
}

/// The parts for a kind of reading of what is measured.
fn metered_so(
    kind: &Word<ReadingKind>,
    measurement: &Word<Measurement>,
    faults: &mut Vec<WordFault>,
) -> Option<&'static Metered> {
    let row = metered(kind.means, measurement.means.class);
    if row.is_none() {
        faults.push(WordFault {
            field: READING_KINDS.field,
            code: ViolationCode::KindMeasurementMismatch,
            detail: wrong_kind(kind.means, measurement),
        });
    }
    row
}

/// The period: that of the kind of reading, or a day where the interval says so.
fn macro_period(
    metered: &Metered,
    interval: Option<&'static Word<Interval>>,
    faults: &mut Vec<WordFault>,
) -> Option<MacroPeriod> {
    match interval {
        Some(day) if day.means.macro_period != MacroPeriod::NONE => {
            if metered.daily {
                return Some(day.means.macro_period);
            }
            faults.push(WordFault {
                field: INTERVALS.field,
                code: ViolationCode::Contradiction,
                detail: wrong_period(metered, day.word),
            });
            None
        }
        _ => Some(metered.macro_period),
    }
}

/// The unit's prefix and the multiplier together, as one power of ten of the standard's list.
fn effective_multiplier(
    unit: &Word<PrefixedUnit>,
    multiplier: Option<i64>,
    faults: &mut Vec<WordFault>,
) -> Option<Multiplier> {
    let (prefix, given) = (i64::from(unit.means.prefix), multiplier.unwrap_or(0));
    let power = prefix.saturating_add(given);
    let listed = Multiplier::LISTED.iter().copied().find(|it| i64::from(it.code()) == power);
    if listed.is_none() {
        faults.push(WordFault {
            field: "multiplier",
            code: ViolationCode::NoSuchMultiplier,
            detail: wrong_power(unit.word, prefix, given),
        });
    }
    listed
}
