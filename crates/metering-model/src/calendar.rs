//! Days, months and billing periods in a time zone, and the intervals that lie in them.
//!
//! A time stamp is the END of its interval, so a [`Period`] is `(from, to]`: the value stamped 00:00
//! belongs to the day before, and the quarter hour stamped 00:15 is the first of its day.
//!
//! # When a local day begins
//!
//! One rule covers every change of the clock: **a day begins at the first instant at which the clock
//! of the place shows this date or a later one**, and lasts until the next day begins. So
//!
//! | the clock | the day |
//! |---|---|
//! | goes forward or back in the small hours | has 92 or 100 quarter hours (Berlin), 94 or 98 (Lord Howe, by half an hour) |
//! | leaps over midnight (Sao Paulo in November 2018) | begins at 01:00 |
//! | shows midnight twice (Havana in autumn) | begins at the first of the two |
//! | leaps over a whole date (Apia, 30 December 2011) | is empty: a period without length or intervals |
//! | falls back over midnight (Sao Paulo in February 2018) | the day before is longer: 23:00 comes twice in it |
//! | falls back just after midnight (St John's, 1987 to 2011, at 00:01) | has begun with its first 00:00, whatever the clock shows then |
//!
//! Each day begins where the one before ends, so days, months and billing periods leave nothing out
//! and count nothing twice.
//!
//! # Where the rules come from
//!
//! With the feature `time-zones` a [`Zone`] is named as in the IANA time zone database, which the crate
//! `chrono-tz` compiles in; `Zone::DATABASE` is its version. No file of the machine is read, so all
//! that run the same build agree. When a government changes its clock, results change with the next
//! build on a newer database. Changes of the clock are known to the end of 2099; after that a place keeps its
//! last offset. Without the feature there are UTC and fixed offsets.
//!
//! ```
//! use chrono::NaiveDate;
//! use metering_model::calendar::{IntervalLength, Schedule, Zone};
//!
//! let zone: Zone = "+05:45".parse()?;
//! let date = NaiveDate::from_ymd_opt(2024, 3, 31).ok_or("a date")?;
//! let day = zone.day(date)?;
//! assert_eq!(day.to_string(), "(2024-03-30T18:15:00Z, 2024-03-31T18:15:00Z]");
//! let quarter_hours = Schedule::every(IntervalLength::QUARTER_HOUR, day)?;
//! assert_eq!(quarter_hours.expected(), Some(96));
//! assert_eq!(quarter_hours.stamps().next().map(|it| it.to_string()).as_deref(), Some("2024-03-30T18:30:00Z"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
#![cfg_attr(
    feature = "time-zones",
    doc = r#"
The day of the change to summer time has 92 quarter hours:

```
# use chrono::NaiveDate;
# use metering_model::calendar::{IntervalLength, Schedule, Zone};
let berlin: Zone = "Europe/Berlin".parse()?;
let day = berlin.day(NaiveDate::from_ymd_opt(2024, 3, 31).ok_or("a date")?)?;
assert_eq!(Schedule::every(IntervalLength::QUARTER_HOUR, day)?.expected(), Some(92));
# Ok::<(), Box<dyn std::error::Error>>(())
```
"#
)]

mod days;
mod interval_length;
mod period;
mod schedule;
mod zone;

pub use days::{ClosingDay, Days, NoSuchDay};
pub use interval_length::IntervalLength;
pub use period::{Backwards, Period};
pub use schedule::{NotWhole, Schedule};
pub use zone::{Zone, ZoneError};

#[cfg(test)]
mod tests;
