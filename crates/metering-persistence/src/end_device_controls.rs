//! end_device_controls.
