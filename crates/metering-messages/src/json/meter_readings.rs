//! `MeterReadings` in JSON: the list `readings`, or one reading alone; pages of stored ones.

mod details;
mod kinds;
mod read;
pub(super) mod schema;
#[cfg(test)]
mod tests;
mod write;

pub use crate::meter_readings::{Options, Unit};
pub use read::read;
pub use write::{Writer, write_page, write_series};
