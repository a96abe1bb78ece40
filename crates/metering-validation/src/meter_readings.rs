//! The rules of `meter_readings`.
