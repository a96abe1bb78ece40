//! Messages of readings as serde reads them: taken only if what points into a table points at a row.

use serde::Deserialize;

use super::{Reading, RecordedBy, RecordedReading, Series};
use crate::Qualities;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MeterReadings {
    series: Vec<Series>,
    qualities: Vec<Qualities>,
    readings: Vec<Reading>,
    received: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RecordedReadings {
    series: Vec<Series>,
    qualities: Vec<Qualities>,
    changes: Vec<RecordedBy>,
    readings: Vec<RecordedReading>,
}

fn check(reading: usize, table: &str, at: u32, rows: usize) -> Result<(), String> {
    if usize::try_from(at).is_ok_and(|at| at < rows) {
        return Ok(());
    }
    Err(format!("reading {reading} points at row {at} of {table}, which has {rows}"))
}

impl TryFrom<MeterReadings> for super::MeterReadings {
    type Error = String;

    fn try_from(read: MeterReadings) -> Result<Self, Self::Error> {
        let MeterReadings { series, qualities, readings, received } = read;
        for (at, reading) in readings.iter().enumerate() {
            check(at, "series", reading.series, series.len())?;
            check(at, "qualities", reading.qualities, qualities.len())?;
        }
        Ok(Self { series, qualities, readings, received })
    }
}

impl TryFrom<RecordedReadings> for super::RecordedReadings {
    type Error = String;

    fn try_from(read: RecordedReadings) -> Result<Self, Self::Error> {
        let RecordedReadings { series, qualities, changes, readings } = read;
        for (at, recorded) in readings.iter().enumerate() {
            check(at, "series", recorded.reading.series, series.len())?;
            check(at, "qualities", recorded.reading.qualities, qualities.len())?;
            check(at, "changes", recorded.change, changes.len())?;
        }
        Ok(Self { series, qualities, changes, readings })
    }
}
