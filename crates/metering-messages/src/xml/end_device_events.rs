//! `EndDeviceEvents` in XML.

mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub(super) use table::END_DEVICE_EVENT;
#[cfg(test)]
pub(super) use table::END_DEVICE_EVENTS;
pub use write::{write, write_recorded};
