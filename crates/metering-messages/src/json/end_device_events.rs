//! `EndDeviceEvents` in JSON: the list `events`, or one event alone.

mod read;
pub(super) mod schema;
mod write;

pub use read::read;
pub use write::{write_item, write_page};
