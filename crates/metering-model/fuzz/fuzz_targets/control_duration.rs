#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::ControlDuration;

fuzz_target!(|text: &str| {
    match text.parse::<ControlDuration>() {
        Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
