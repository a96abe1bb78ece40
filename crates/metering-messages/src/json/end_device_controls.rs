//! `EndDeviceControls` in JSON: the list `controls`, or one control alone.

mod read;
pub(super) mod schema;
mod withdrawal;
mod write;

pub use read::read;
pub use withdrawal::read_withdrawal;
pub use write::{write_item, write_page};
