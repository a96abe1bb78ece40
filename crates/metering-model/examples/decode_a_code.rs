//! Says what codes mean: reading types, events, qualities, and OBIS codes.
//!
//! ```text
//! cargo run -p metering-model --example decode_a_code -- 0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0 1-0:2.8.1
//! ```

use std::error::Error;

use metering_model::obis::{NoReadingType, ObisContext};
use metering_model::reading_type::PART_NAMES;
use metering_model::words::describe;
use metering_model::{EndDeviceEventType, Obis, ReadingQualityType, ReadingType};

fn main() -> Result<(), Box<dyn Error>> {
    let mut codes: Vec<String> = std::env::args().skip(1).collect();
    if codes.is_empty() {
        codes = ["0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "3.26.0.85", "2.5.259", "1-0:32.7.0", "0-0:96.1.0"]
            .map(String::from)
            .to_vec();
    }
    for code in codes {
        println!("{code}");
        // The standard's codes are told apart by how many numbers they have; anything else is meant as OBIS.
        match code.split('.').count() {
            18 => decode(&code.parse()?),
            4 => println!("  {}", code.parse::<EndDeviceEventType>()?.explain()),
            3 if !code.contains(':') => println!("  {}", code.parse::<ReadingQualityType>()?.explain()),
            _ => match reading_type_of(code.parse()?) {
                Ok(reading_type) => {
                    println!("  {reading_type}");
                    decode(&reading_type);
                }
                Err(why) => println!("  {why}"),
            },
        }
    }
    Ok(())
}

/// The reading type of an OBIS code, in the unit without prefix.
fn reading_type_of(obis: Obis) -> Result<ReadingType, NoReadingType> {
    obis.reading_type(&ObisContext::default())
}

fn decode(code: &ReadingType) {
    println!("  {}", code.explain());
    let names = names(code);
    for ((number, part), name) in code.codes().iter().zip(PART_NAMES).zip(names) {
        if *number != 0 {
            println!("  {part:<24} {number:>5}  {}", name.unwrap_or_default());
        }
    }
    let words = describe(code);
    let said = [words.reading_type, words.measurement, words.unit, words.interval, words.energy_direction, words.phase];
    println!("  in words: {}", said.into_iter().flatten().collect::<Vec<_>>().join(", "));
}

/// What the lists call each part; the parts that are plain numbers have no name.
fn names(code: &ReadingType) -> [Option<&'static str>; 18] {
    [
        code.macro_period.name(),
        code.aggregate.name(),
        code.measuring_period.name(),
        code.accumulation.name(),
        code.flow_direction.name(),
        code.commodity.name(),
        code.measurement_kind.name(),
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        code.phases.name(),
        code.multiplier.name(),
        code.unit.name(),
        code.currency.name(),
    ]
}
