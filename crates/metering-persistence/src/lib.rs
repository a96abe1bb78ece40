//! The database: Diesel over SQLite and PostgreSQL, and all SQL there is.
//!
//! This crate knows neither HTTP nor the API's notations. `Store::read` and `Store::change`
//! are the only ways to the database, and both are bound to one organisation, so a query that
//! forgets it cannot be written.

pub mod api_keys;
pub mod audit_log;
mod change;
mod change_log;
mod clock;
pub mod configuration;
mod connection;
mod cursor;
mod dialect;
pub mod end_device_controls;
pub mod end_device_events;
mod error;
mod idempotency_keys;
mod key;
pub mod meter_readings;
mod migrations;
pub mod nonces;
pub mod organisations;
pub mod owed_replies;
pub mod receipts;
mod schema;
mod snapshot;
pub mod status;
mod store;
mod writer;

pub use change::{Answer, Answered, Call, Change, ChangeRequest};
pub use clock::Clock;
pub use connection::Database;
pub use cursor::Cursor;
pub use error::{Cause, Error, OpenError, Result};
pub use key::{ServerKey, ServerKeyError};
pub use snapshot::Snapshot;
pub use store::{Committing, Config, Provisional, Settings, Store, StoreRole};
