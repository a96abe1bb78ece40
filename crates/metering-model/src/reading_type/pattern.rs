//! What a query asks of reading types.

use crate::{ReadingType, words};

/// Which reading types are asked for: one, or all that words describe. The default fits all.
///
/// [`words::pattern`] makes one of a query parameter.
///
/// ```
/// use metering_model::reading_type::ReadingTypePattern;
///
/// let quarter_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let half_hours = "0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let pattern = ReadingTypePattern::exactly(&quarter_hours);
/// assert!(pattern.matches(&quarter_hours) && !pattern.matches(&half_hours));
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ReadingTypePattern {
    exactly: Option<ReadingType>,
    /// The words that must describe it; what more than one code means, one word says.
    pub(crate) reading_type: Option<&'static str>,
    pub(crate) measurement: Option<&'static str>,
    pub(crate) interval: Option<&'static str>,
    pub(crate) phase: Option<&'static str>,
    pub(crate) energy_direction: Option<&'static str>,
}

impl ReadingTypePattern {
    /// The pattern that only `reading_type` matches.
    #[must_use]
    pub fn exactly(reading_type: &ReadingType) -> Self {
        Self { exactly: Some(*reading_type), ..Self::default() }
    }

    /// Whether `code` is the one asked for, and described by the words.
    #[must_use]
    pub fn matches(&self, code: &ReadingType) -> bool {
        let Self { exactly, reading_type, measurement, interval, phase, energy_direction } = *self;
        let wanted = [reading_type, measurement, interval, phase, energy_direction];
        if exactly.is_some_and(|exactly| exactly != *code) {
            return false;
        }
        if wanted.iter().all(Option::is_none) {
            return true;
        }
        let is = words::describe(code);
        let is = [is.reading_type, is.measurement, is.interval, is.phase, is.energy_direction];
        wanted.iter().zip(is).all(|(wanted, is)| wanted.is_none() || *wanted == is)
    }
}
