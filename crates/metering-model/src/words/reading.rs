//! The words that describe a reading, and the reading type they stand for.

use super::WordFault;
use crate::ViolationCode;

mod agree;
mod compose;
mod describe;
pub(crate) mod fit;
mod tables;
#[cfg(test)]
mod tests;

pub use agree::agrees;
pub use compose::compose;
pub use describe::describe;
pub(crate) use describe::unit_text;
use tables::{DIRECTIONS, INTERVALS, MEASUREMENTS, PHASES, READING_KINDS, UNITS};
pub(crate) use tables::{PrefixedUnit, ReadingKind};

/// The describing words of one reading, as they were sent; `None` = absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ReadingWords<'a> {
    /// `readingType`: how it was metered.
    pub reading_type: Option<&'a str>,
    /// `measurement`: what was measured; follows from the unit.
    pub measurement: Option<&'a str>,
    /// `interval`: the ISO 8601 length of the metering interval.
    pub interval: Option<&'a str>,
    /// `unit`.
    pub unit: Option<&'a str>,
    /// `multiplier`: the power of ten beside the unit's prefix.
    pub multiplier: Option<i64>,
    /// `phase`.
    pub phase: Option<&'a str>,
    /// `energyDirection`.
    pub energy_direction: Option<&'a str>,
    /// `timeOfUse`: the number of the tariff register; 0 = none.
    pub time_of_use: Option<i64>,
}

/// A reading type in the API's words; `None` where no word fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DescribedReadingType {
    /// `readingType`: how it was metered.
    pub reading_type: Option<&'static str>,
    /// `measurement`: what was measured.
    pub measurement: Option<&'static str>,
    /// `interval`: the ISO 8601 length of the metering interval.
    pub interval: Option<&'static str>,
    /// `unit`.
    pub unit: Option<&'static str>,
    /// `multiplier`: the power of ten that the unit's prefix does not say.
    pub multiplier: i8,
    /// `phase`.
    pub phase: Option<&'static str>,
    /// `energyDirection`.
    pub energy_direction: Option<&'static str>,
    /// `timeOfUse`: the number of the tariff register.
    pub time_of_use: Option<u16>,
}

impl DescribedReadingType {
    /// The same words as a request would send them.
    #[must_use]
    pub fn as_words(&self) -> ReadingWords<'static> {
        ReadingWords {
            reading_type: self.reading_type,
            measurement: self.measurement,
            interval: self.interval,
            unit: self.unit,
            multiplier: Some(self.multiplier.into()),
            phase: self.phase,
            energy_direction: self.energy_direction,
            time_of_use: self.time_of_use.map(i64::from),
        }
    }
}

/// Whether this is a unit with a prefix, beside which a multiplier is a second place for one power
/// of ten.
///
/// ```
/// assert!(metering_model::words::is_prefixed_unit("kWh"));
/// assert!(!metering_model::words::is_prefixed_unit("Wh"));
/// ```
#[must_use]
pub fn is_prefixed_unit(word: &str) -> bool {
    UNITS.find(word).is_some_and(|it| it.means.prefix != 0)
}

/// The unit of this word.
pub(crate) fn unit(word: &str) -> Result<PrefixedUnit, WordFault> {
    UNITS.read(word).map(|it| it.means)
}

/// What a query asks of a reading type by one word.
pub(super) fn described_pattern(field: &str, word: &str) -> Option<Result<&'static str, WordFault>> {
    Some(match field {
        "readingType" => READING_KINDS.read(word).map(|it| it.word),
        "measurement" => MEASUREMENTS.read(word).map(|it| it.word),
        "interval" => INTERVALS.read(word).map(|it| it.word),
        "phase" => PHASES.read(word).map(|it| it.word),
        "energyDirection" => DIRECTIONS.read(word).map(|it| it.word),
        _ => return None,
    })
}

/// The other spellings of a describing field.
pub(super) fn aliases(field: &str) -> Vec<(&'static str, &'static str)> {
    match field {
        "readingType" => super::aliases::of(&READING_KINDS),
        "measurement" => super::aliases::of(&MEASUREMENTS),
        "interval" => super::aliases::of(&INTERVALS),
        "phase" => super::aliases::of(&PHASES),
        "energyDirection" => super::aliases::of(&DIRECTIONS),
        _ => Vec::new(),
    }
}

/// Whether it is meant as a code, right or wrong.
pub(super) fn is_like_a_code(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit()) && text.contains('.')
}

pub(super) fn invalid_code(detail: String) -> WordFault {
    WordFault { field: READING_KINDS.field, code: ViolationCode::InvalidCode, detail }
}

fn time_of_use(number: Option<i64>, faults: &mut Vec<WordFault>) -> Option<u16> {
    let number = number.unwrap_or(0);
    let tou = u16::try_from(number).ok();
    if tou.is_none() {
        faults.push(WordFault {
            field: "timeOfUse",
            code: ViolationCode::OutOfRange,
            detail: format!("timeOfUse is the number of a tariff register, 1 to 65535, or 0 for none; not {number}"),
        });
    }
    tou
}

/// The words of the reading fields, for messages and descriptions.
pub(super) mod lists {
    use super::{DIRECTIONS, INTERVALS, MEASUREMENTS, PHASES, READING_KINDS, UNITS};
    use crate::words::vocabulary::spellings;

    /// Every word of `readingType`.
    pub const READING_TYPE_WORDS: &[&str] = &spellings::<_, { READING_KINDS.words.len() }>(READING_KINDS.words);
    /// Every word of `measurement`.
    pub const MEASUREMENT_WORDS: &[&str] = &spellings::<_, { MEASUREMENTS.words.len() }>(MEASUREMENTS.words);
    /// Every word of `interval`.
    pub const INTERVAL_WORDS: &[&str] = &spellings::<_, { INTERVALS.words.len() }>(INTERVALS.words);
    /// Every word of `unit`.
    pub const UNIT_WORDS: &[&str] = &spellings::<_, { UNITS.words.len() }>(UNITS.words);
    /// Every word of `phase`.
    pub const PHASE_WORDS: &[&str] = &spellings::<_, { PHASES.words.len() }>(PHASES.words);
    /// Every word of `energyDirection`.
    pub const ENERGY_DIRECTION_WORDS: &[&str] = &spellings::<_, { DIRECTIONS.words.len() }>(DIRECTIONS.words);
}
