//! meter_readings.
