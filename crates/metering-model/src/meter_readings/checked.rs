//! Messages of readings as serde reads them: taken only if what points into a table points at a row.

use serde::Deserialize;

use super::{DetailsIndex, Reading, ReadingDetails, RecordedBy, RecordedReading, Series};
use crate::Qualities;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MeterReadings {
    series: Vec<Series>,
    qualities: Vec<Qualities>,
    #[serde(default)]
    details: Vec<ReadingDetails>,
    readings: Vec<Reading>,
    received: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RecordedReadings {
    series: Vec<Series>,
    qualities: Vec<Qualities>,
    #[serde(default)]
    details: Vec<ReadingDetails>,
    changes: Vec<RecordedBy>,
    readings: Vec<RecordedReading>,
}

fn check(reading: usize, table: &str, at: Option<usize>, rows: usize) -> Result<(), String> {
    match at {
        Some(at) if at >= rows => Err(format!("reading {reading} points at row {at} of {table}, which has {rows}")),
        _ => Ok(()),
    }
}

/// What all readings point into, by how many rows each has.
struct Tables {
    series: usize,
    qualities: usize,
    details: usize,
}

impl Tables {
    fn check(&self, at: usize, reading: &Reading) -> Result<(), String> {
        let row = |number: u32| usize::try_from(number).ok();
        check(at, "series", row(reading.series), self.series)?;
        check(at, "qualities", row(reading.qualities), self.qualities)?;
        check(at, "details", reading.details.map(DetailsIndex::place), self.details)
    }
}

impl TryFrom<MeterReadings> for super::MeterReadings {
    type Error = String;

    fn try_from(read: MeterReadings) -> Result<Self, Self::Error> {
        let MeterReadings { series, qualities, details, readings, received } = read;
        let tables = Tables { series: series.len(), qualities: qualities.len(), details: details.len() };
        for (at, reading) in readings.iter().enumerate() {
            tables.check(at, reading)?;
        }
        Ok(Self { series, qualities, details, readings, received })
    }
}

impl TryFrom<RecordedReadings> for super::RecordedReadings {
    type Error = String;

    fn try_from(read: RecordedReadings) -> Result<Self, Self::Error> {
        let RecordedReadings { series, qualities, details, changes, readings } = read;
        let tables = Tables { series: series.len(), qualities: qualities.len(), details: details.len() };
        for (at, recorded) in readings.iter().enumerate() {
            tables.check(at, &recorded.reading)?;
            check(at, "changes", usize::try_from(recorded.change).ok(), changes.len())?;
        }
        Ok(Self { series, qualities, details, changes, readings })
    }
}
