//! `end_device_controls` in JSON.
