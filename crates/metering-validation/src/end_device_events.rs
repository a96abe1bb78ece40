//! The rules of `end_device_events`.
