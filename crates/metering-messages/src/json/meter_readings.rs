//! `MeterReadings` in JSON: the list `readings`, or one reading alone; pages of stored ones.

mod kinds;
mod read;
pub(super) mod schema;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::{Options, Unit, Writer, write_page, write_series};
