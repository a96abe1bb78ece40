mod difference;
mod intervals;
mod permitted;
mod properties;

use super::*;
use crate::calendar::{IntervalLength, Period, Schedule, Zone};
use crate::{Decimal, Qualities, ReadingType, TimeStamp};

/// Quarter hours of energy in kWh.
const QUARTER_HOURS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
/// A register of energy in kWh.
const REGISTER: &str = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
/// A register of energy forward less reverse.
const NET_REGISTER: &str = "0.0.0.1.4.1.12.0.0.0.0.0.0.0.0.3.72.0";
/// A voltage at one moment.
const VOLTAGE: &str = "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0";

fn code(text: &str) -> ReadingType {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn stamp(text: &str) -> TimeStamp {
    text.parse().unwrap()
}

/// A time of 15 January 2024, UTC.
fn at(time: &str) -> TimeStamp {
    stamp(&format!("2024-01-15T{time}:00Z"))
}

fn period(from: &str, to: &str) -> Period {
    Period::new(at(from), at(to)).unwrap()
}

fn quarter_hours(from: &str, to: &str) -> Schedule {
    Schedule::every(IntervalLength::QUARTER_HOUR, period(from, to)).unwrap()
}

/// Values with their qualities, such as `10:15 0.25 1.0.0` or `10:30 - 2.5.259`.
struct Values(Vec<(TimeStamp, Option<Decimal>, Qualities)>);

impl Values {
    fn new(rows: &[&str]) -> Self {
        Self(rows.iter().map(|row| Self::row(row)).collect())
    }

    fn row(row: &str) -> (TimeStamp, Option<Decimal>, Qualities) {
        let mut words = row.split(' ');
        let (time, value) = (words.next().unwrap(), words.next().unwrap());
        let time = if time.len() == 5 { at(time) } else { stamp(time) };
        let value = (value != "-").then(|| number(value));
        (time, value, Qualities::new(words.map(|code| code.parse().unwrap())))
    }

    fn iter(&self) -> impl Iterator<Item = ValueAt<'_>> + Clone {
        self.0.iter().map(|(time_stamp, value, qualities)| ValueAt {
            time_stamp: *time_stamp,
            value: *value,
            qualities,
        })
    }
}
