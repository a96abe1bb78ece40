#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::{CalendarDate, TimeOfDay};

fuzz_target!(|text: &str| {
    match text.parse::<CalendarDate>() {
        Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match text.parse::<TimeOfDay>() {
        Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
