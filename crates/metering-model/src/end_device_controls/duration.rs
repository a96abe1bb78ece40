//! How long a control is in effect: an ISO 8601 duration of days, hours, minutes and seconds.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A length of time in whole seconds, more than none and at most 366 days.
///
/// Months and years are no length of time, so a duration has none of them.
///
/// ```
/// use metering_model::ControlDuration;
///
/// let half_an_hour: ControlDuration = "PT30M".parse()?;
/// assert_eq!(half_an_hour.seconds(), 1800);
/// assert_eq!("PT1800S".parse::<ControlDuration>()?.to_string(), "PT30M");
/// # Ok::<(), metering_model::ControlDurationError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ControlDuration(u32);

/// Why a text is no [`ControlDuration`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ControlDurationError {
    /// Not the notation.
    #[error("not a duration in whole days, hours, minutes and seconds such as PT30M, PT1H30M or P1D")]
    NotADuration,
    /// No time at all, or too much.
    #[error("a duration is more than no time and at most 366 days")]
    OutOfRange,
}

const LONGEST: u32 = 366 * 24 * 3600;

impl ControlDuration {
    /// The duration of `seconds`.
    ///
    /// # Errors
    /// [`ControlDurationError::OutOfRange`] for 0 and for more than 366 days.
    pub fn from_seconds(seconds: u32) -> Result<Self, ControlDurationError> {
        if (1..=LONGEST).contains(&seconds) { Ok(Self(seconds)) } else { Err(ControlDurationError::OutOfRange) }
    }

    /// How many seconds it has.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl FromStr for ControlDuration {
    type Err = ControlDurationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = text.strip_prefix('P').ok_or(ControlDurationError::NotADuration)?;
        let (date, time) = match all.split_once('T') {
            Some((_, "")) => return Err(ControlDurationError::NotADuration),
            Some((date, time)) => (date, time),
            None => (all, ""),
        };
        if all.is_empty() {
            return Err(ControlDurationError::NotADuration);
        }
        let days = seconds(date, &[('W', 7 * 86_400), ('D', 86_400)])?;
        let seconds = seconds(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
        let all = days.checked_add(seconds).ok_or(ControlDurationError::OutOfRange)?;
        Self::from_seconds(u32::try_from(all).map_err(|_| ControlDurationError::OutOfRange)?)
    }
}

/// The sum of numbers, each before one of `letters`, in that order and each once at the most.
fn seconds(mut text: &str, letters: &[(char, u64)]) -> Result<u64, ControlDurationError> {
    let mut sum = 0u64;
    let mut letters = letters.iter();
    while !text.is_empty() {
        let end = text.find(|character: char| !character.is_ascii_digit()).ok_or(ControlDurationError::NotADuration)?;
        let (number, rest) = text.split_at(end);
        let letter = rest.chars().next().ok_or(ControlDurationError::NotADuration)?;
        let (_, each) = letters.find(|(known, _)| *known == letter).ok_or(ControlDurationError::NotADuration)?;
        if number.is_empty() {
            return Err(ControlDurationError::NotADuration);
        }
        let number: u64 = number.parse().map_err(|_| ControlDurationError::OutOfRange)?;
        sum =
            number.checked_mul(*each).and_then(|part| sum.checked_add(part)).ok_or(ControlDurationError::OutOfRange)?;
        text = &rest[letter.len_utf8()..];
    }
    Ok(sum)
}

impl fmt::Display for ControlDuration {
    /// The shortest spelling: days, hours, minutes, seconds, those that are not 0.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.0 / 86_400, self.0 % 86_400);
        f.write_str("P")?;
        if days > 0 {
            write!(f, "{days}D")?;
        }
        if rest > 0 {
            f.write_str("T")?;
        }
        for (number, letter) in [(rest / 3600, 'H'), (rest % 3600 / 60, 'M'), (rest % 60, 'S')] {
            if number > 0 {
                write!(f, "{number}{letter}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, ControlDurationError> {
        text.parse::<ControlDuration>().map(|it| it.to_string())
    }

    #[test]
    fn durations_are_read_and_written_shortest() {
        for text in ["PT30M", "PT1H", "P1D", "P1DT12H", "PT1H30M5S", "PT1S", "P366D"] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        assert_eq!(read("PT24H").as_deref(), Ok("P1D"));
        assert_eq!(read("P1W").as_deref(), Ok("P7D"));
        assert_eq!(read("PT90M").as_deref(), Ok("PT1H30M"));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in
            ["", "P", "PT", "30", "PT30", "P1M", "P1Y", "PT1.5H", "-PT1H", "PT1M1H", "PT1H1H", "PTH", "P1DT", "PT1ä"]
        {
            assert_eq!(read(text), Err(ControlDurationError::NotADuration), "{text:?}");
        }
        for text in ["PT0S", "P367D", "PT99999999999999999999999S", "P18446744073709551615W"] {
            assert_eq!(read(text), Err(ControlDurationError::OutOfRange), "{text:?}");
        }
    }
}
