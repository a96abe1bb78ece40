//! `MeterReadings` in XML, read and written as a stream.

mod details;
mod kinds;
mod page;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use crate::meter_readings::{Options, Unit};
pub use page::{PageWriter, write_page, write_series};
pub use read::read;
#[cfg(test)]
pub(super) use table::METER_READINGS;
pub use write::{Writer, write};
