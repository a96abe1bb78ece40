#![no_main]

use libfuzzer_sys::fuzz_target;
use metering_model::Obis;
use metering_model::obis::ObisContext;

fuzz_target!(|text: &str| {
    match text.parse::<Obis>() {
        Ok(read) => {
            assert_eq!(read.to_string().parse(), Ok(read));
            match read.reading_type(&ObisContext::default()) {
                Ok(reading_type) => {
                    let [a, _, c, d, e, f] = read.groups();
                    let back =
                        if f < 100 { Obis::of_billing_period(&reading_type, f) } else { Obis::of(&reading_type) };
                    assert_eq!(back, Ok(Obis::from([a, 0, c, d, e, f])));
                }
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
