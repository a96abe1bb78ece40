//! What persistence promises, case by case, on both databases.
//!
//! A case is a function over a [`Trial`], which is a database of its own. `battery!` makes a test
//! of each case for SQLite, and one for PostgreSQL that runs when `METERING_TEST_DATABASE_URL`
//! names a server on which databases may be made.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[macro_use]
mod support;

mod api_keys;
mod audit_log;
mod caller;
mod changes;
mod configuration;
mod end_device_controls;
mod end_device_events;
mod faults;
mod meter_readings;
mod migrations;
mod nonces;
mod opening;
mod owed_replies;
mod receipts;
mod two_servers;
