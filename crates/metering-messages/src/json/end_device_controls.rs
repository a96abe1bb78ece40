//! `EndDeviceControls` in JSON: the list `controls`, or one control alone.

mod read;
pub(super) mod schema;
mod write;

pub use read::read;
pub use write::{write_item, write_page};
