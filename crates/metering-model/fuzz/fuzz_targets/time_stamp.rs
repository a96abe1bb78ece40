#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::TimeStamp;

fuzz_target!(|text: &str| {
    match text.parse::<TimeStamp>() {
        Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
