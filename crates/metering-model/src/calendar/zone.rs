//! Time zones: what the clock of a place shows at an instant, and when a date begins there.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
#[cfg(feature = "time-zones")]
use chrono::{Offset, TimeZone, offset::LocalResult};
use thiserror::Error;

use crate::calendar::IntervalLength;
use crate::{Excerpt, TimeStamp};

/// UTC, a fixed offset from it, or a place with its rules.
///
/// Its text is `UTC` (or `Z`), an offset such as `+05:45`, or, with the feature `time-zones`, a name of
/// the IANA database such as `Europe/Berlin`.
///
/// ```
/// use metering_model::calendar::Zone;
///
/// let zone: Zone = "-03:30".parse()?;
/// assert_eq!(zone.clock("2024-01-15T10:00:00Z".parse()?).to_string(), "2024-01-15 06:30:00 -03:30");
/// assert!("Berlin".parse::<Zone>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Rules);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Rules {
    Fixed(FixedOffset),
    #[cfg(feature = "time-zones")]
    Named(chrono_tz::Tz),
}

/// Why a text names no [`Zone`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ZoneError {
    /// Neither an offset nor a name of the database.
    #[error("`{0}` is no time zone: write UTC, an offset such as +01:00, or a name such as Europe/Berlin")]
    Unknown(String),
    /// A name, in a build that has no names.
    #[error("`{0}` is no offset such as +01:00, and this build knows no names: it is without the feature time-zones")]
    NoNames(String),
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Rules::Fixed(match FixedOffset::east_opt(0) {
        Some(zero) => zero,
        None => unreachable!(),
    }));

    /// Which version of the IANA database is compiled in, such as `2025b`.
    #[cfg(feature = "time-zones")]
    pub const DATABASE: &'static str = chrono_tz::IANA_TZDB_VERSION;

    /// Always as far from UTC.
    #[must_use]
    pub const fn fixed(offset: FixedOffset) -> Self {
        Self(Rules::Fixed(offset))
    }

    /// The names of all places there are rules for, old spellings among them.
    #[cfg(feature = "time-zones")]
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// What the clock of the place shows at this instant, and how far that is from UTC, which tells
    /// apart the two hours of the same name in autumn.
    #[must_use]
    pub fn clock(self, at: TimeStamp) -> DateTime<FixedOffset> {
        let utc = DateTime::<Utc>::from(at);
        match self.0 {
            Rules::Fixed(offset) => utc.with_timezone(&offset),
            #[cfg(feature = "time-zones")]
            Rules::Named(zone) => utc.with_timezone(&zone).fixed_offset(),
        }
    }

    /// What the clock showed when the interval began that ended at `end`: the date and the hour an
    /// interval belongs to. The END is of no use for this (the last hour of a day ends in the next
    /// day), nor is the number of the interval in the UTC day.
    #[must_use]
    pub fn clock_at_start(self, end: TimeStamp, length: IntervalLength) -> DateTime<FixedOffset> {
        self.clock(length.before(end))
    }

    /// The first instant at which the clock shows `wall` or later, in seconds after 1970.
    pub(super) fn first_second_at(self, wall: NaiveDateTime) -> i64 {
        let as_utc = wall.and_utc().timestamp();
        match self.0 {
            Rules::Fixed(offset) => as_utc - i64::from(offset.local_minus_utc()),
            #[cfg(feature = "time-zones")]
            Rules::Named(zone) => {
                let seconds = |offset: chrono_tz::TzOffset| as_utc - i64::from(offset.fix().local_minus_utc());
                match zone.offset_from_local_datetime(&wall) {
                    LocalResult::Single(offset) => seconds(offset),
                    LocalResult::Ambiguous(one, other) => seconds(one).min(seconds(other)),
                    LocalResult::None => end_of_leap(zone, as_utc),
                }
            }
        }
    }
}

/// When the clock leapt over a time: the instant of the leap.
#[cfg(feature = "time-zones")]
fn end_of_leap(zone: chrono_tz::Tz, wall: i64) -> i64 {
    /// No place was ever further from UTC, in seconds.
    const FURTHEST: i64 = 24 * 3600;
    let shows = |at: i64| {
        let utc = DateTime::from_timestamp(at, 0).unwrap_or_default();
        at + i64::from(zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc())
    };
    // Before the leap the clock shows less, from it on more: halve until one second is left.
    let (mut before, mut after) = (wall - FURTHEST, wall + FURTHEST);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if shows(middle) < wall { before = middle } else { after = middle }
    }
    after
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if matches!(text, "UTC" | "Z") {
            return Ok(Self::UTC);
        }
        if let Some(offset) = offset(text) {
            return Ok(Self::fixed(offset));
        }
        named(text)
    }
}

#[cfg(feature = "time-zones")]
fn named(text: &str) -> Result<Zone, ZoneError> {
    match text.parse() {
        Ok(zone) => Ok(Zone(Rules::Named(zone))),
        Err(_) => Err(ZoneError::Unknown(Excerpt(text).to_string())),
    }
}

#[cfg(not(feature = "time-zones"))]
fn named(text: &str) -> Result<Zone, ZoneError> {
    Err(ZoneError::NoNames(Excerpt(text).to_string()))
}

/// `+hh:mm` or `-hh:mm`.
fn offset(text: &str) -> Option<FixedOffset> {
    let &[sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = text.as_bytes() else { return None };
    let two = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
    };
    let (hours, minutes) = (two(h1, h2)?, two(m1, m2).filter(|minutes| *minutes < 60)?);
    let seconds = hours * 3600 + minutes * 60;
    FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds })
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rules::Fixed(offset) if offset.local_minus_utc() == 0 => f.pad("UTC"),
            Rules::Fixed(offset) => offset.fmt(f),
            #[cfg(feature = "time-zones")]
            Rules::Named(zone) => f.pad(zone.name()),
        }
    }
}

crate::as_text::as_text!(Zone);
