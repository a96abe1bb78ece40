//! From the reading type to words.

use super::DescribedReadingType;
use super::tables::{
    Class, DIRECTIONS, INTERVALS, Interval, MEASUREMENTS, METERED, Measurement, Metered, PHASES, READING_KINDS, UNITS,
};
use crate::ReadingType;
use crate::reading_type::{Commodity, Currency, MacroPeriod};
use crate::words::vocabulary::Word;

/// A reading type in the API's words, the inverse of [`compose`](crate::words::compose).
///
/// Each part is described by itself; `None` where no word fits, as for harmonics or gas.
///
/// ```
/// use metering_model::words::describe;
///
/// let words = describe(&"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?);
/// assert_eq!((words.reading_type, words.measurement), (Some("intervalData"), Some("activeEnergy")));
/// assert_eq!((words.unit, words.multiplier, words.interval), (Some("kWh"), 0, Some("PT15M")));
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
#[must_use]
pub fn describe(code: &ReadingType) -> DescribedReadingType {
    let measurement = measurement_of(code);
    let metered = METERED.iter().find(|row| is_metered_so(row, measurement, code));
    let (unit, multiplier) = unit_of(code);
    let interval = Interval {
        macro_period: if code.macro_period == MacroPeriod::DAILY { MacroPeriod::DAILY } else { MacroPeriod::NONE },
        measuring_period: code.measuring_period,
    };
    DescribedReadingType {
        reading_type: metered.and_then(|row| READING_KINDS.meaning(|it| *it == row.kind)).map(|it| it.word),
        measurement: measurement.map(|it| it.word),
        interval: INTERVALS.meaning(|it| *it == interval).map(|it| it.word),
        unit,
        multiplier,
        phase: PHASES.meaning(|it| *it == code.phases).map(|it| it.word),
        energy_direction: DIRECTIONS.meaning(|it| *it == code.flow_direction).map(|it| it.word),
        time_of_use: (!code.tou.is_none()).then_some(code.tou.code()),
    }
}

/// The measurement of a code about electricity without further numbers.
fn measurement_of(code: &ReadingType) -> Option<&'static Word<Measurement>> {
    let is_plain = code.interharmonic.is_none() && code.argument.is_none() && code.currency == Currency::NONE;
    let is_electricity =
        [Commodity::NONE, Commodity::ELECTRICITY_SECONDARY_METERED, Commodity::ELECTRICITY_PRIMARY_METERED]
            .contains(&code.commodity);
    if !(is_plain && is_electricity) {
        return None;
    }
    MEASUREMENTS.meaning(|it| {
        let mut kinds = METERED.iter().filter(|row| row.class == it.class).filter_map(|row| row.measurement_kind);
        it.unit == code.unit && (it.kind == code.measurement_kind || kinds.any(|kind| kind == code.measurement_kind))
    })
}

/// Whether `code` was metered as this row says; where no word says what is measured, any class does.
fn is_metered_so(row: &Metered, measurement: Option<&Word<Measurement>>, code: &ReadingType) -> bool {
    let kind_fits = match (measurement.map(|it| it.means), row.measurement_kind) {
        (Some(measurement), other) => {
            row.class == measurement.class && code.measurement_kind == other.unwrap_or(measurement.kind)
        }
        (None, Some(kind)) => code.measurement_kind == kind,
        (None, None) => row.class != Class::Power,
    };
    kind_fits
        && row.aggregate == code.aggregate
        && (row.accumulation == code.accumulation || row.also_read == Some(code.accumulation))
        && (row.macro_period == code.macro_period || (row.daily && code.macro_period == MacroPeriod::DAILY))
}

/// The unit's word and what it leaves of the power of ten.
fn unit_of(code: &ReadingType) -> (Option<&'static str>, i8) {
    let power = code.multiplier.code();
    let whole = UNITS.meaning(|it| it.unit == code.unit && it.prefix == power).map(|it| (Some(it.word), 0));
    let base = || UNITS.meaning(|it| it.unit == code.unit && it.prefix == 0).map(|it| it.word);
    whole.unwrap_or_else(|| (base(), power))
}

/// What a unit of the words measures, spelled for messages: `kWh` for ten to 3 of Wh.
pub(crate) fn unit_text(code: &ReadingType) -> String {
    let (word, multiplier) = unit_of(code);
    let name = word.or(code.unit.name()).map_or_else(|| format!("unit {}", code.unit), ToOwned::to_owned);
    if multiplier == 0 { name } else { format!("{name} times ten to {multiplier}") }
}
