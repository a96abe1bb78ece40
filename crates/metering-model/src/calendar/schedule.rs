//! At which time stamps of a period values are expected.

use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;
use thiserror::Error;

use crate::TimeStamp;
use crate::calendar::{IntervalLength, NoSuchDay, Period, Zone};

/// A period, and the time stamps at which a series should have a value in it: the end of each interval,
/// the end of each local day, or none in particular.
///
/// ```
/// use metering_model::calendar::{IntervalLength, Period, Schedule};
///
/// let hour = Period::new("2024-01-15T10:00:00Z".parse()?, "2024-01-15T11:00:00Z".parse()?)?;
/// let stamps: Vec<_> = Schedule::every(IntervalLength::HALF_HOUR, hour)?.stamps().map(|it| it.to_string()).collect();
/// assert_eq!(stamps, ["2024-01-15T10:30:00Z", "2024-01-15T11:00:00Z"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    period: Period,
    expects: Expects,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Expects {
    Every(IntervalLength),
    /// The ends, ascending.
    Days(Vec<TimeStamp>),
    Anything,
}

/// A period that does not divide into intervals of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{period} is no whole number of intervals of {length}")]
pub struct NotWhole {
    /// The period.
    pub period: Period,
    /// The length asked for.
    pub length: IntervalLength,
}

impl Schedule {
    /// A value at the end of each interval; the first interval begins where the period does.
    ///
    /// # Errors
    /// [`NotWhole`] where the last interval would reach over the end: hours in a day of 23½.
    pub fn every(length: IntervalLength, period: Period) -> Result<Self, NotWhole> {
        if !period.micros().is_multiple_of(length.micros()) {
            return Err(NotWhole { period, length });
        }
        Ok(Self { period, expects: Expects::Every(length) })
    }

    /// A value at the end of each local day, as of a daily series. A day that is empty has none.
    ///
    /// # Errors
    /// [`NoSuchDay`] for dates in the wrong order or out of range.
    pub fn daily(zone: Zone, dates: RangeInclusive<NaiveDate>) -> Result<Self, NoSuchDay> {
        let period = zone.from_to(*dates.start(), *dates.end())?;
        let days = zone.days(dates)?.map(|(_, day)| day).filter(|day| !day.is_empty());
        Ok(Self { period, expects: Expects::Days(days.map(Period::to).collect()) })
    }

    /// Whatever is in the period; nothing can be missing.
    #[must_use]
    pub fn whenever(period: Period) -> Self {
        Self { period, expects: Expects::Anything }
    }

    /// The whole period.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// How many values are expected; `None` of [`Schedule::whenever`].
    #[must_use]
    pub fn expected(&self) -> Option<u64> {
        match &self.expects {
            Expects::Every(length) => Some(self.period.micros() / length.micros()),
            Expects::Days(ends) => Some(ends.len() as u64),
            Expects::Anything => None,
        }
    }

    /// The length of the intervals, where all have the same.
    #[must_use]
    pub fn interval_length(&self) -> Option<IntervalLength> {
        match self.expects {
            Expects::Every(length) => Some(length),
            Expects::Days(_) | Expects::Anything => None,
        }
    }

    /// The time stamps at which values are expected, ascending.
    pub fn stamps(&self) -> impl Iterator<Item = TimeStamp> + '_ {
        (1..=self.expected().unwrap_or(0)).map(|number| self.end_of(number))
    }

    /// Which of the expected values this stamp is, from 0; `None` where none is expected then.
    #[must_use]
    pub fn place_of(&self, stamp: TimeStamp) -> Option<u64> {
        if !self.period.contains(stamp) {
            return None;
        }
        match &self.expects {
            Expects::Every(length) => {
                let after = stamp.micros().abs_diff(self.period.from().micros());
                after.is_multiple_of(length.micros()).then(|| after / length.micros() - 1)
            }
            Expects::Days(ends) => ends.binary_search(&stamp).ok().map(|place| place as u64),
            Expects::Anything => None,
        }
    }

    /// The time that these of the expected values, counted from 0, stand for.
    #[must_use]
    pub fn span(&self, places: Range<u64>) -> Period {
        Period::between(self.end_of(places.start), self.end_of(places.end))
    }

    /// The end of the interval with this number, from 1; the beginning of the period for 0.
    fn end_of(&self, number: u64) -> TimeStamp {
        match &self.expects {
            Expects::Every(length) => {
                let seconds = number.saturating_mul(u64::from(length.seconds().get()));
                self.period.from().plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
            }
            Expects::Days(ends) => {
                let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
                place.and_then(|place| ends.get(place)).copied().unwrap_or(self.period.from())
            }
            Expects::Anything => self.period.from(),
        }
    }
}
