//! One value of the series that is aggregated.

use crate::aggregation::AggregationError;
use crate::{Decimal, MeterReadings, Qualities, ReadingQualityType, RecordedReading, RecordedReadings, TimeStamp};

/// A value of a series, when, and what is said about its quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueAt<'a> {
    /// The END of the interval, or the instant of the register read.
    pub time_stamp: TimeStamp,
    /// The value; absent where it is known to be missing.
    pub value: Option<Decimal>,
    /// What is said about it.
    pub qualities: &'a Qualities,
}

impl<'a> ValueAt<'a> {
    /// The values of one series of a message.
    ///
    /// # Panics
    /// When a reading of the message points to no list of qualities of it.
    pub fn of_series(message: &'a MeterReadings, series: u32) -> impl Iterator<Item = Self> {
        message.readings.iter().filter(move |reading| reading.series == series).map(|reading| Self {
            time_stamp: reading.time_stamp,
            value: reading.value,
            qualities: message.qualities_of(*reading),
        })
    }

    /// The values that stand of one series of a page of stored readings; not those that were superseded
    /// or are kept beside an edited one.
    ///
    /// # Panics
    /// When a reading of the page points to no list of qualities of it.
    pub fn current_of_series(page: &'a RecordedReadings, series: u32) -> impl Iterator<Item = Self> {
        let stands = move |recorded: &&RecordedReading| recorded.current && recorded.reading.series == series;
        page.readings.iter().filter(stands).map(|recorded| Self {
            time_stamp: recorded.reading.time_stamp,
            value: recorded.reading.value,
            qualities: &page.qualities[recorded.reading.qualities as usize],
        })
    }

    /// The value, unless a person withdrew it (category 7, index 3).
    pub(super) fn counting(self) -> Option<Decimal> {
        let rejected = ReadingQualityType::REJECTED;
        let withdrawn = |one: ReadingQualityType| one.category == rejected.category && one.index == rejected.index;
        self.value.filter(|_| !self.qualities.iter().any(withdrawn))
    }
}

/// The values that `wanted` takes in the order of time; those of a device without a clock are no part of
/// any series.
///
/// # Errors
/// [`AggregationError::Repeated`]: of a series there is one value for each instant.
pub(super) fn in_order<'a>(
    values: impl IntoIterator<Item = ValueAt<'a>>,
    wanted: impl Fn(TimeStamp) -> bool,
) -> Result<Vec<ValueAt<'a>>, AggregationError> {
    let timed = |one: &ValueAt<'a>| !one.time_stamp.is_without_clock() && wanted(one.time_stamp);
    let mut values: Vec<_> = values.into_iter().filter(timed).collect();
    values.sort_by_key(|one| one.time_stamp);
    let pairs = values.windows(2).filter(|pair| pair[0].time_stamp == pair[1].time_stamp);
    let mut stamps: Vec<_> = pairs.map(|pair| pair[0].time_stamp).collect();
    stamps.dedup();
    if stamps.is_empty() { Ok(values) } else { Err(AggregationError::Repeated { stamps }) }
}
