#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::{EndDeviceEventType, EventType};

fuzz_target!(|text: &str| {
    match text.parse::<EndDeviceEventType>() {
        Ok(read) => {
            assert_eq!(read.to_string().parse(), Ok(read));
            assert_eq!(EventType::from_text(text), EventType::Code(read));
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            // A word, known or not: nothing a device says is lost.
            if let EventType::Unmapped(word) = EventType::from_text(text) {
                assert_eq!(word, text);
            }
        }
    }
});
