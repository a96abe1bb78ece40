//! `meter_readings` in JSON.
