#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::{Excerpt, MeterId, has_control_characters};

fuzz_target!(|text: &str| {
    match text.parse::<MeterId>() {
        Ok(read) => assert_eq!(read.as_str(), text),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    // What a message repeats of it is short and shows nothing that moves the text around it.
    let excerpt = Excerpt(text).to_string();
    assert!(excerpt.chars().count() <= 43 && !has_control_characters(&excerpt));
});
