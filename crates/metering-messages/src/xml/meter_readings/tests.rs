//! What the reader makes of messages.

use metering_model::{MeterReadings, Violation};

use super::read;
use crate::xml::{Namespaces, Received};
use crate::{Limits, Malformed};

mod details;
mod faults;
mod good;
mod json;
mod written;

const KWH: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

fn read_text(body: &str) -> Result<Received<MeterReadings>, Malformed> {
    read(body.as_bytes(), &Namespaces::default(), &Limits::default())
}

/// A message of this content.
fn message(content: &str) -> String {
    format!(r#"<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#">{content}</MeterReadings>"#)
}

/// A message of one meter with these readings.
fn of_meter(readings: &str) -> String {
    message(&format!("<MeterReading><Meter><mRID>m</mRID></Meter>{readings}</MeterReading>"))
}

/// A good reading.
fn reading(value: &str) -> String {
    format!(
        r#"<Readings><timeStamp>2024-01-15T10:15:00Z</timeStamp><value>{value}</value><ReadingType ref="{KWH}"/></Readings>"#
    )
}

fn told(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect()
}
