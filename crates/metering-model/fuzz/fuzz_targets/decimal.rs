#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::Decimal;
use metering_model::ReadingType;
use metering_model::quantity::Quantity;
use metering_model::reading_type::{MeasurementUnit, Multiplier};

// Bytes, not text: that is what notations hand over.
fuzz_target!(|bytes: &[u8]| {
    match Decimal::from_bytes(bytes) {
        Ok(read) => {
            let again: Decimal = read.to_string().parse().unwrap();
            assert!(again.is_written_like(read));
            if let Ok(moved) = read.times_ten_to(3) {
                assert_eq!(moved.times_ten_to(-3), Ok(read));
            }
            let kwh =
                ReadingType { multiplier: Multiplier::KILO, unit: MeasurementUnit::WATT_HOUR, ..ReadingType::NONE };
            assert_eq!(Quantity::of(read, &kwh).unwrap().value(&kwh), Ok(read));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
