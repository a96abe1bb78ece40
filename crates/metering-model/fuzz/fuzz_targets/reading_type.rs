#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::obis::ObisContext;
use metering_model::words::{compose, describe};
use metering_model::{Obis, ReadingType};

fuzz_target!(|text: &str| {
    match text.parse::<ReadingType>() {
        Ok(read) => {
            assert_eq!(read.to_string().parse(), Ok(read));
            // What words say in full, or OBIS, leads to a code they say the same of.
            let described = describe(&read);
            let composed = compose(&described.as_words(), &mut Vec::new());
            if let (Some(_), Some(composed)) = (described.measurement, composed) {
                assert_eq!(describe(&composed), described);
            }
            match Obis::of(&read) {
                Ok(obis) => {
                    let again = obis.reading_type(&ObisContext::of(&read)).unwrap();
                    assert_eq!(Obis::of(&again), Ok(obis));
                }
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
