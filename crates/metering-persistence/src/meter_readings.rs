//! Meter readings: recorded and asked for; stored as blocks of one series and one UTC day.

mod block;
mod codec;
mod details;
mod gathered;
mod known;
mod merge;
mod position;
mod query;
mod record;
mod revisions;
mod selection;
mod series;
mod spans;
mod upsert;

pub use query::{Page, latest, query, series};
pub use record::{Buffers, pack, record};

use crate::error::Error;

/// Names the block that cannot be read.
fn damaged(owner: i64, series: i32, day: i32, wrong: codec::Damaged) -> Error {
    let day = day_in_words(day);
    Error::failed(format!("the block of owner {owner}, series {series}, {day} is damaged: {}", wrong.0))
}

/// A day that is counted from 1970-01-01.
fn day_in_words(day: i32) -> String {
    let midnight = metering_model::TimeStamp::EPOCH.plus_seconds(i64::from(day) * 86_400).to_string();
    midnight.split('T').next().unwrap_or_default().to_owned()
}
