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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, TimeStampError> {
        text.parse::<TimeStamp>().map(|it| it.to_string())
    }

    #[test]
    fn offsets_become_utc_and_fractions_stay() {
        assert_eq!(read("2024-01-15T10:00:00Z").as_deref(), Ok("2024-01-15T10:00:00Z"));
        assert_eq!(read("2024-01-15T10:00:00.5-05:00").as_deref(), Ok("2024-01-15T15:00:00.500Z"));
        assert_eq!(read("2024-01-15T10:00:00.000001Z").as_deref(), Ok("2024-01-15T10:00:00.000001Z"));
        assert_eq!(read("2024-01-15T10:00:00 01:00").as_deref(), Ok("2024-01-15T09:00:00Z"));
        assert_eq!(read("2024-01-15T10:00:00.000000000Z").as_deref(), Ok("2024-01-15T10:00:00Z"));
        assert_eq!(read("2024-01-15T10:00:00.123456000000000000Z").as_deref(), Ok("2024-01-15T10:00:00.123456Z"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert_eq!(read("2024-01-15T10:00:00"), Err(TimeStampError::NoOffset));
        assert_eq!(read("2024-01-15T10:00:00.123"), Err(TimeStampError::NoOffset));
        assert_eq!(read("2024-01-15T10:00:00.0000001Z"), Err(TimeStampError::TooFine));
        assert_eq!(read("2024-01-15T10:00:00.0000000000000001Z"), Err(TimeStampError::TooFine));
        assert_eq!(read("2024-01-15T10:00:00.Z"), Err(TimeStampError::NotATime));
        assert_eq!(read("2016-12-31T23:59:60Z"), Err(TimeStampError::LeapSecond));
        for text in [
            "",
            "2024-01-15",
            "2024-02-30T10:00:00Z",
            "2024-01-15t10:00:00Z",
            "2024-01-15 10:00:00Z",
            "2024-01-15T24:00:00Z",
            "2024-01-15T10:00:00z",
            "2024-01-15T10:00:00+0100",
            "2024-01-15T10:00:00ä+01:00",
            "äääääääääääääääääää",
        ] {
            assert_eq!(read(text), Err(TimeStampError::NotATime), "{text:?}");
        }
    }

    #[test]
    fn offsets_are_those_that_rfc_3339_has() {
        for (offset, utc) in [
            ("Z", "2024-01-15T10:00:00Z"),
            ("-00:00", "2024-01-15T10:00:00Z"),
            ("+00:00", "2024-01-15T10:00:00Z"),
            ("+14:00", "2024-01-14T20:00:00Z"),
            ("-12:00", "2024-01-15T22:00:00Z"),
            ("+05:45", "2024-01-15T04:15:00Z"),
            ("+23:59", "2024-01-14T10:01:00Z"),
        ] {
            assert_eq!(read(&format!("2024-01-15T10:00:00{offset}")).as_deref(), Ok(utc), "{offset}");
        }
        for offset in
            ["+24:00", "-24:00", "+01:60", "+1:00", "+01", "+01:0", "+01:00:00", "ZZ", "\u{2212}01:00", " 1:00"]
        {
            assert_eq!(read(&format!("2024-01-15T10:00:00{offset}")), Err(TimeStampError::NotATime), "{offset}");
        }
    }

    #[test]
    fn dates_are_those_of_the_calendar_in_the_years_1_to_9999() {
        for date in ["2024-02-29", "2000-02-29", "0001-01-01", "1900-02-28"] {
            assert_eq!(read(&format!("{date}T00:00:00Z")), Ok(format!("{date}T00:00:00Z")));
        }
        for date in ["2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31", "+024-01-01"] {
            assert_eq!(read(&format!("{date}T00:00:00Z")), Err(TimeStampError::NotATime), "{date}");
        }
        assert_eq!(read("0000-12-31T23:59:59Z"), Err(TimeStampError::OutOfRange));
        assert_eq!(read("0000-12-31T23:59:59-01:00").as_deref(), Ok("0001-01-01T00:59:59Z"));
        assert_eq!(read("10000-01-01T00:00:00Z"), Err(TimeStampError::NotATime));
        for micros in [i64::MIN, TimeStamp::MIN.micros() - 1, TimeStamp::MAX.micros() + 1, i64::MAX] {
            assert_eq!(TimeStamp::from_micros(micros), Err(TimeStampError::OutOfRange));
        }
        for seconds in [i64::MIN, i64::MAX] {
            let end = TimeStamp::EPOCH.plus_seconds(seconds);
            assert!(end == TimeStamp::MIN || end == TimeStamp::MAX);
        }
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(micros in FIRST..=LAST) {
            let instant = TimeStamp::from_micros(micros).unwrap();
            prop_assert_eq!(instant.to_string().parse(), Ok(instant));
            prop_assert_eq!(TimeStamp::try_from(DateTime::<Utc>::from(instant)), Ok(instant));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*", near in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].{0,4}[0-9:.]{0,12}[Zz +\\-].{0,6}") {
            let _ = (text.parse::<TimeStamp>(), near.parse::<TimeStamp>());
        }
    }

    #[test]
    fn the_ends_of_time_hold() {
        assert_eq!(TimeStamp::MIN.to_string(), "0001-01-01T00:00:00Z");
        assert_eq!(TimeStamp::MAX.to_string(), "9999-12-31T23:59:59.999999Z");
        assert_eq!(read("9999-12-31T23:59:59-01:00"), Err(TimeStampError::OutOfRange));
        assert_eq!(TimeStamp::MAX.plus_seconds(1), TimeStamp::MAX);
    }
}
