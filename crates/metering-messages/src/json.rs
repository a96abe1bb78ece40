//! JSON, spelled as the API document spells it.

pub mod configuration;
pub mod end_device_controls;
pub mod end_device_events;
mod fields;
mod items;
mod listed;
mod members;
pub mod meter_readings;
pub mod problem;
pub mod receipt;
pub mod schema;
mod text;
