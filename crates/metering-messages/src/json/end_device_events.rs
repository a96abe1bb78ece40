//! `end_device_events` in JSON.
