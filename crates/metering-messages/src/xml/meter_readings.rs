//! `MeterReadings` in XML, read and written as a stream.

mod kinds;
mod read;
mod table;
#[cfg(test)]
mod tests;

pub use read::read;
