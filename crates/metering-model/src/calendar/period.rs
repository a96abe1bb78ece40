//! A stretch of time as the standard counts it: after its beginning, to its end inclusive.

use std::fmt;

use thiserror::Error;

use crate::TimeStamp;

/// From one instant (exclusive) to another (inclusive); empty where both are the same.
///
/// ```
/// use metering_model::calendar::Period;
///
/// let hour = Period::new("2024-01-15T10:00:00Z".parse()?, "2024-01-15T11:00:00Z".parse()?)?;
/// assert!(!hour.contains(hour.from()) && hour.contains(hour.to()));
/// assert_eq!(hour.micros(), 3_600_000_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    from: TimeStamp,
    to: TimeStamp,
}

/// A period that would end before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a period ends at its beginning or later; {to} is before {from}")]
pub struct Backwards {
    /// The beginning asked for.
    pub from: TimeStamp,
    /// The end asked for.
    pub to: TimeStamp,
}

impl Period {
    /// After `from`, to `to` inclusive.
    ///
    /// # Errors
    /// [`Backwards`] where `to` is before `from`.
    pub fn new(from: TimeStamp, to: TimeStamp) -> Result<Self, Backwards> {
        if to < from { Err(Backwards { from, to }) } else { Ok(Self { from, to }) }
    }

    /// Both instants in whichever order.
    pub(super) fn between(one: TimeStamp, other: TimeStamp) -> Self {
        Self { from: one.min(other), to: one.max(other) }
    }

    /// The instant after which it begins; not in it.
    #[must_use]
    pub fn from(self) -> TimeStamp {
        self.from
    }

    /// The last instant in it.
    #[must_use]
    pub fn to(self) -> TimeStamp {
        self.to
    }

    /// Whether a value with this stamp is in it.
    #[must_use]
    pub fn contains(self, stamp: TimeStamp) -> bool {
        self.from < stamp && stamp <= self.to
    }

    /// Whether no instant is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.from == self.to
    }

    /// How long it is, in microseconds.
    #[must_use]
    pub fn micros(self) -> u64 {
        self.to.micros().abs_diff(self.from.micros())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {}]", self.from, self.to)
    }
}
