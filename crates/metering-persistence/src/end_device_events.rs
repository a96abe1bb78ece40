//! end_device_events.
