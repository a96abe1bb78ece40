//! Days, months and billing periods of a place.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;

use crate::TimeStamp;
use crate::calendar::{Period, Zone};

/// A date or a month that there is not, or that lies outside what a time stamp can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoSuchDay {
    /// A month that is not one of the twelve, or a year outside 1 to 9999.
    #[error("{year}-{month:02} is no month: a month is 1 to 12, of a year 1 to 9999")]
    NoMonth {
        /// The year asked for.
        year: i32,
        /// The month asked for.
        month: u32,
    },
    /// Not wholly within the years 1 to 9999 of UTC.
    #[error("{0} does not lie wholly within the years 1 to 9999")]
    OutOfRange(NaiveDate),
    /// The last day lies before the first.
    #[error("{last} is before {first}")]
    Backwards {
        /// The first day asked for.
        first: NaiveDate,
        /// The last day asked for.
        last: NaiveDate,
    },
    /// A day of the month that no month has.
    #[error("{0} is no day of a month: the closing day is 1 to 31")]
    NoClosingDay(u32),
}

/// The day of the month with whose end a billing period closes: 1 to 31. In a month that is shorter it
/// is the last day, so 31 closes with every month.
///
/// A sender that says "read on the 1st at 00:00" closes with the last day of the month before: the value
/// of 00:00 belongs to the day that ends then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClosingDay(u32);

impl ClosingDay {
    /// The last day of the month, whichever it is.
    pub const LAST: Self = Self(31);

    /// This day of the month.
    ///
    /// # Errors
    /// [`NoSuchDay::NoClosingDay`] for 0 and beyond 31.
    pub fn new(day: u32) -> Result<Self, NoSuchDay> {
        if (1..=31).contains(&day) { Ok(Self(day)) } else { Err(NoSuchDay::NoClosingDay(day)) }
    }

    /// The date of it in a month.
    ///
    /// # Errors
    /// [`NoSuchDay::NoMonth`].
    pub fn in_month(self, year: i32, month: u32) -> Result<NaiveDate, NoSuchDay> {
        let first = first_of(year, month)?;
        (28..=self.0)
            .rev()
            .chain([self.0])
            .find_map(|day| first.with_day(day))
            .ok_or(NoSuchDay::NoMonth { year, month })
    }
}

fn first_of(year: i32, month: u32) -> Result<NaiveDate, NoSuchDay> {
    let date = (1..=9999).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, 1)).flatten();
    date.ok_or(NoSuchDay::NoMonth { year, month })
}

fn month_before(year: i32, month: u32) -> (i32, u32) {
    if month == 1 { (year - 1, 12) } else { (year, month - 1) }
}

fn month_after(year: i32, month: u32) -> (i32, u32) {
    if month == 12 { (year + 1, 1) } else { (year, month + 1) }
}

fn day_after(date: NaiveDate) -> Result<NaiveDate, NoSuchDay> {
    date.succ_opt().ok_or(NoSuchDay::OutOfRange(date))
}

impl Zone {
    /// When this date begins at the place: the end of the last interval of the day before. What is said
    /// in [the calendar](crate::calendar) decides where midnight is left out or comes twice.
    ///
    /// # Errors
    /// [`NoSuchDay::OutOfRange`].
    pub fn start_of(self, date: NaiveDate) -> Result<TimeStamp, NoSuchDay> {
        let midnight = date.and_hms_opt(0, 0, 0).ok_or(NoSuchDay::OutOfRange(date))?;
        let micros = self.first_second_at(midnight).checked_mul(1_000_000);
        micros.and_then(|it| TimeStamp::from_micros(it).ok()).ok_or(NoSuchDay::OutOfRange(date))
    }

    /// A day of the place.
    ///
    /// # Errors
    /// [`NoSuchDay::OutOfRange`].
    pub fn day(self, date: NaiveDate) -> Result<Period, NoSuchDay> {
        self.from_to(date, date)
    }

    /// A calendar month of the place.
    ///
    /// # Errors
    /// [`NoSuchDay::NoMonth`], [`NoSuchDay::OutOfRange`].
    pub fn month(self, year: i32, month: u32) -> Result<Period, NoSuchDay> {
        self.billing_period(year, month, ClosingDay::LAST)
    }

    /// The billing period that closes with the end of the closing day in this month, and begins where
    /// that of the month before closed.
    ///
    /// # Errors
    /// [`NoSuchDay::NoMonth`], [`NoSuchDay::OutOfRange`].
    ///
    /// ```
    /// use metering_model::calendar::{ClosingDay, Zone};
    ///
    /// let period = Zone::UTC.billing_period(2023, 3, ClosingDay::new(30)?)?;
    /// assert_eq!(period.to_string(), "(2023-03-01T00:00:00Z, 2023-03-31T00:00:00Z]");
    /// # Ok::<(), metering_model::calendar::NoSuchDay>(())
    /// ```
    pub fn billing_period(self, year: i32, month: u32, closing: ClosingDay) -> Result<Period, NoSuchDay> {
        let last = closing.in_month(year, month)?;
        let first = if closing == ClosingDay::LAST {
            first_of(year, month)?
        } else {
            let (year, month) = month_before(year, month);
            day_after(closing.in_month(year, month)?)?
        };
        self.from_to(first, last)
    }

    /// The billing period that this date lies in.
    ///
    /// # Errors
    /// [`NoSuchDay::NoMonth`], [`NoSuchDay::OutOfRange`].
    pub fn billing_period_of(self, date: NaiveDate, closing: ClosingDay) -> Result<Period, NoSuchDay> {
        let (year, month) = (date.year(), date.month());
        let (year, month) =
            if date <= closing.in_month(year, month)? { (year, month) } else { month_after(year, month) };
        self.billing_period(year, month, closing)
    }

    /// From the beginning of the first day to the end of the last.
    ///
    /// # Errors
    /// [`NoSuchDay::Backwards`], [`NoSuchDay::OutOfRange`].
    pub fn from_to(self, first: NaiveDate, last: NaiveDate) -> Result<Period, NoSuchDay> {
        if last < first {
            return Err(NoSuchDay::Backwards { first, last });
        }
        let (from, to) = (self.start_of(first)?, self.start_of(day_after(last)?)?);
        Period::new(from, to).map_err(|_| NoSuchDay::Backwards { first, last })
    }

    /// The days of a range one after the other, each with its date; empty ones too.
    ///
    /// # Errors
    /// [`NoSuchDay::OutOfRange`] where the first or the last is.
    pub fn days(self, dates: RangeInclusive<NaiveDate>) -> Result<Days, NoSuchDay> {
        let (next, last) = dates.into_inner();
        if next <= last {
            self.from_to(next, last)?;
        }
        Ok(Days { zone: self, next: Some(next), last })
    }
}

/// The days of a range: see [`Zone::days`].
#[derive(Debug, Clone)]
pub struct Days {
    zone: Zone,
    next: Option<NaiveDate>,
    last: NaiveDate,
}

impl Iterator for Days {
    type Item = (NaiveDate, Period);

    fn next(&mut self) -> Option<Self::Item> {
        let date = self.next.take().filter(|date| *date <= self.last)?;
        self.next = date.succ_opt();
        Some((date, self.zone.day(date).ok()?))
    }
}
