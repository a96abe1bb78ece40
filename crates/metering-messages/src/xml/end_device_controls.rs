//! `EndDeviceControls` in XML.

mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
#[cfg(test)]
pub(super) use table::END_DEVICE_CONTROLS;
pub use write::{write, write_recorded};
