#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::{OrganisationId, Roles, Sha256};

fuzz_target!(|text: &str| {
    match text.parse::<OrganisationId>() {
        Ok(read) => assert_eq!(read.as_str(), text),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match text.parse::<Roles>() {
        Ok(read) => assert_eq!(read.to_string().parse(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match text.parse::<Sha256>() {
        Ok(read) => assert_eq!(read.to_string(), text.to_ascii_lowercase()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
