//! `EndDeviceControls` in XML.

mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::{write, write_recorded};
