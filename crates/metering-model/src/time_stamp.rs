//! Instants, in microseconds, always UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use thiserror::Error;

/// An instant in UTC, to the microsecond, in the years 1 to 9999.
///
/// Of interval data it is the END of the interval, so ranges over time stamps are `(from, to]`.
/// The offset an instant was sent with is not kept.
///
/// ```
/// use metering_model::TimeStamp;
///
/// let end: TimeStamp = "2024-01-15T11:00:00+01:00".parse()?;
/// assert_eq!(end.to_string(), "2024-01-15T10:00:00Z");
/// # Ok::<(), metering_model::TimeStampError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeStamp(i64);

/// Why a text is no [`TimeStamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeStampError {
    /// Not RFC 3339, or a date that no calendar has.
    #[error("not a date and time such as 2024-01-15T10:00:00Z")]
    NotATime,
    /// A date and time without an offset from UTC.
    #[error("the offset from UTC is missing; write Z or one such as +01:00 behind the time")]
    NoOffset,
    /// Finer than a microsecond.
    #[error("finer than a microsecond")]
    TooFine,
    /// A leap second, which UTC software time cannot name.
    #[error("second 60 cannot be stored; write second 59 or the next minute")]
    LeapSecond,
    /// Outside the years 1 to 9999.
    #[error("outside the years 1 to 9999")]
    OutOfRange,
}

const FIRST: i64 = -62_135_596_800_000_000;
const LAST: i64 = 253_402_300_799_999_999;

impl TimeStamp {
    /// 1970-01-01T00:00:00Z; a meter that says so has no clock.
    pub const EPOCH: Self = Self(0);
    /// The first instant of the year 1.
    pub const MIN: Self = Self(FIRST);
    /// The last instant of the year 9999.
    pub const MAX: Self = Self(LAST);

    /// The instant `micros` microseconds after [`TimeStamp::EPOCH`].
    ///
    /// # Errors
    /// [`TimeStampError::OutOfRange`] outside the years 1 to 9999.
    pub fn from_micros(micros: i64) -> Result<Self, TimeStampError> {
        if (FIRST..=LAST).contains(&micros) { Ok(Self(micros)) } else { Err(TimeStampError::OutOfRange) }
    }

    /// Microseconds after [`TimeStamp::EPOCH`].
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Whether it is the time of a device without a clock, which begins at the start of 1970 or of
    /// the year 1: 1970 and before.
    ///
    /// ```
    /// use metering_model::TimeStamp;
    ///
    /// assert!(TimeStamp::EPOCH.is_without_clock());
    /// assert!(!"1971-01-01T00:00:00Z".parse::<TimeStamp>()?.is_without_clock());
    /// # Ok::<(), metering_model::TimeStampError>(())
    /// ```
    #[must_use]
    pub fn is_without_clock(self) -> bool {
        const YEAR: i64 = 365 * 86_400_000_000;
        self.0 < YEAR
    }

    /// The instant `seconds` later (or earlier), held within the years 1 to 9999.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)).clamp(FIRST, LAST))
    }
}

impl FromStr for TimeStamp {
    type Err = TimeStampError;

    /// Reads RFC 3339 with an offset or `Z`. A space in the place of the offset's sign is a `+`,
    /// as URL decoding leaves it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        // chrono takes a small `t`, a space, and another minus sign; RFC 3339 as we mean it does not.
        if bytes.len() < 19 || bytes[10] != b'T' {
            return Err(TimeStampError::NotATime);
        }
        let rest = &bytes[19..];
        let fraction = match rest {
            [b'.', digits @ ..] => digits.iter().take_while(|byte| byte.is_ascii_digit()).count() + 1,
            _ => 0,
        };
        let spaced;
        let text = match &rest[fraction..] {
            [b'Z'] | [b'+' | b'-', ..] => text,
            [b' ', ..] if rest.len() - fraction == 6 => {
                spaced = format!("{}+{}", &text[..19 + fraction], &text[20 + fraction..]);
                &spaced
            }
            [] => return Err(TimeStampError::NoOffset),
            _ => return Err(TimeStampError::NotATime),
        };
        if &bytes[17..19] == b"60" {
            return Err(TimeStampError::LeapSecond);
        }
        // Seven places and more are fine as long as they are zeros.
        if fraction > 7 && rest[7..fraction].iter().any(|digit| *digit != b'0') {
            return Err(TimeStampError::TooFine);
        }
        let instant = DateTime::parse_from_rfc3339(text).map_err(|_| TimeStampError::NotATime)?;
        Self::from_micros(instant.timestamp_micros())
    }
}

impl fmt::Display for TimeStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.0 % 1_000_000 {
            0 => SecondsFormat::Secs,
            micros if micros % 1_000 == 0 => SecondsFormat::Millis,
            _ => SecondsFormat::Micros,
        };
        f.write_str(&DateTime::<Utc>::from(*self).to_rfc3339_opts(format, true))
    }
}

impl From<TimeStamp> for DateTime<Utc> {
    fn from(instant: TimeStamp) -> Self {
        DateTime::from_timestamp_micros(instant.0).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

impl TryFrom<DateTime<Utc>> for TimeStamp {
    type Error = TimeStampError;

    /// What is finer than a microsecond is cut off, as of a clock.
    fn try_from(instant: DateTime<Utc>) -> Result<Self, Self::Error> {
        Self::from_micros(instant.timestamp_micros())
    }
}

#[cfg(test)]
mod tests;
