//! The message `MeterReadings`, and the request for them.

mod details;

pub use details::{DetailsIndex, ReadingDetails, TimePeriod};

use crate::reading_type::ReadingTypePattern;
use crate::{Decimal, MeterId, Qualities, ReadingQualityType, ReadingType, TimeStamp, UsagePointId};

#[cfg(feature = "serde")]
mod checked;

/// Where a stream of readings comes from and what it measures; kept as sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Series {
    /// The meter. Where it is known, it alone with the reading type is the series' identity.
    pub meter: Option<MeterId>,
    /// The usage point the sender names; the series' identity only where no meter is named.
    pub usage_point: Option<UsagePointId>,
    /// What is measured, and how.
    pub reading_type: ReadingType,
}

/// One value of one series at one time: six numbers, no text, nothing to allocate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Reading {
    /// The END of the interval, or the instant of the register read.
    pub time_stamp: TimeStamp,
    /// The value; absent where the qualities say why.
    pub value: Option<Decimal>,
    /// Which of the message's series.
    pub series: u32,
    /// Which of the message's quality lists.
    pub qualities: u32,
    /// Which of the message's details, where there are any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub details: Option<DetailsIndex>,
    /// Which item of the message, from 0.
    pub place: u32,
}

/// A message of readings: tables of what repeats, and the readings that point into them.
///
/// ```
/// use metering_model::{MeterReadings, Qualities, Reading, ReadingType, Series};
///
/// let mut message = MeterReadings::default();
/// message.series.push(Series {
///     meter: Some("1234LG".parse()?),
///     usage_point: None,
///     reading_type: "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?,
/// });
/// message.qualities.push(Qualities::good());
/// message.readings.push(Reading {
///     time_stamp: "2024-01-15T10:15:00Z".parse()?,
///     value: Some("0.25".parse()?),
///     series: 0,
///     qualities: 0,
///     details: None,
///     place: 0,
/// });
/// assert_eq!(message.series_of(message.readings[0]).meter.as_ref().unwrap().as_str(), "1234LG");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", try_from = "checked::MeterReadings")
)]
pub struct MeterReadings {
    /// Each series of the message once.
    pub series: Vec<Series>,
    /// Each list of qualities of the message once.
    pub qualities: Vec<Qualities>,
    /// What some readings say besides; see [`ReadingDetails::join`].
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub details: Vec<ReadingDetails>,
    /// The readings.
    pub readings: Vec<Reading>,
    /// How many items the message had, with those that could not be read.
    pub received: u32,
}

impl MeterReadings {
    /// The series of one of this message's readings.
    ///
    /// # Panics
    /// When the reading is of another message.
    #[must_use]
    pub fn series_of(&self, reading: Reading) -> &Series {
        &self.series[reading.series as usize]
    }

    /// The qualities of one of this message's readings.
    ///
    /// # Panics
    /// When the reading is of another message.
    #[must_use]
    pub fn qualities_of(&self, reading: Reading) -> &Qualities {
        &self.qualities[reading.qualities as usize]
    }

    /// What one of this message's readings says besides; `None` where that is nothing.
    #[must_use]
    pub fn details_of(&self, reading: Reading) -> Option<&ReadingDetails> {
        self.details.get(reading.details?.place())
    }
}

/// A reading as it is stored: which revision, whether it stands, and the change that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct RecordedReading {
    /// The reading; `place` is its place in this page.
    pub reading: Reading,
    /// 1 for the first value of this identity, one more for each that came after.
    pub revision: u32,
    /// Whether this is the value that stands.
    pub current: bool,
    /// Which of the page's [`RecordedReadings::changes`].
    pub change: u32,
}

/// The change that wrote a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct RecordedBy {
    /// When the request arrived.
    pub recorded_at: TimeStamp,
    /// The id of its receipt.
    pub receipt: String,
}

/// A page of stored readings, in the order of meter, reading type and time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "camelCase", try_from = "checked::RecordedReadings")
)]
pub struct RecordedReadings {
    /// Each series of the page once.
    pub series: Vec<Series>,
    /// Each list of qualities of the page once.
    pub qualities: Vec<Qualities>,
    /// What some of the readings say besides.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub details: Vec<ReadingDetails>,
    /// Each change that wrote a reading of the page once.
    pub changes: Vec<RecordedBy>,
    /// The readings.
    pub readings: Vec<RecordedReading>,
}

impl RecordedReadings {
    /// What one of this page's readings says besides; `None` where that is nothing.
    #[must_use]
    pub fn details_of(&self, reading: Reading) -> Option<&ReadingDetails> {
        self.details.get(reading.details?.place())
    }
}

/// Which readings are asked for. An empty list does not restrict; a full one means any of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GetMeterReadings {
    /// Of these meters.
    pub meters: Vec<MeterId>,
    /// Of these usage points: of their meters, each for the time it was installed there.
    pub usage_points: Vec<UsagePointId>,
    /// Reading types that fit one pattern of each list.
    pub reading_types: Vec<Vec<ReadingTypePattern>>,
    /// With one of these among the qualities.
    pub qualities: Vec<ReadingQualityType>,
    /// Stamped after this instant.
    pub from: Option<TimeStamp>,
    /// Stamped at this instant or before.
    pub to: Option<TimeStamp>,
    /// Recorded after this instant.
    pub recorded_after: Option<TimeStamp>,
    /// As it was known at this instant.
    pub as_of: Option<TimeStamp>,
    /// Every revision, oldest first, in place of the one that stands.
    pub revisions: bool,
}

impl GetMeterReadings {
    /// Whether readings of this type are asked for.
    #[must_use]
    pub fn selects(&self, reading_type: &ReadingType) -> bool {
        self.reading_types.iter().all(|any| any.is_empty() || any.iter().any(|one| one.matches(reading_type)))
    }
}

/// A series and how much is stored of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct RecordedSeries {
    /// The series.
    pub series: Series,
    /// The earliest time stamp.
    pub first: TimeStamp,
    /// The latest time stamp.
    pub last: TimeStamp,
    /// How many readings stand.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_six_numbers() {
        assert_eq!(std::mem::size_of::<Reading>(), 40);
    }
}
