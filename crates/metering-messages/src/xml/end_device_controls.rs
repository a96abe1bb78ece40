//! `EndDeviceControls` in XML.

mod read;
mod table;
#[cfg(test)]
mod tests;
mod withdrawal;
mod write;

pub use read::read;
#[cfg(test)]
pub(super) use table::END_DEVICE_CONTROLS;
pub use withdrawal::read_withdrawal;
pub use write::{write, write_recorded};
