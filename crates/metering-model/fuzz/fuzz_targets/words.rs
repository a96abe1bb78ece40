#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::words::{ReadingWords, compose, describe};

// The words of a reading, one a line; an empty line is an absent word.
fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let mut word = || lines.next().filter(|it| !it.is_empty());
    let words = ReadingWords {
        reading_type: word(),
        measurement: word(),
        interval: word(),
        unit: word(),
        multiplier: word().and_then(|it| it.parse().ok()),
        phase: word(),
        energy_direction: word(),
        time_of_use: word().and_then(|it| it.parse().ok()),
    };
    let mut faults = Vec::new();
    match compose(&words, &mut faults) {
        Some(code) => {
            assert!(faults.is_empty());
            let described = describe(&code);
            // A code in the place of the word may say what no words do.
            if words.reading_type.is_none_or(|it| !it.contains('.')) {
                assert_eq!(compose(&described.as_words(), &mut Vec::new()), Some(code));
            }
        }
        None => assert!(faults.iter().all(|fault| !fault.detail.is_empty()) && !faults.is_empty()),
    }
});
