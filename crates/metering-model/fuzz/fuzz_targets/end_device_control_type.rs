#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::EndDeviceControlType;

fuzz_target!(|text: &str| {
    match text.parse::<EndDeviceControlType>() {
        Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
