//! Builds reading types: with the builder, from words of the API, from another one, and from its parts;
//! and shows what is said when words do not go together.
//!
//! ```text
//! cargo run -p metering-model --example build_one
//! ```

use std::error::Error;

use metering_model::reading_type::{
    Accumulation, Aggregate, Commodity, FlowDirection, MeasurementKind, MeasurementUnit, MeasuringPeriod, Multiplier,
    Phases,
};
use metering_model::words::{ReadingWords, compose};
use metering_model::{Obis, ReadingType};

fn main() -> Result<(), Box<dyn Error>> {
    // With the builder: the quarter hours of what a customer took. In a constant, what does not go
    // together does not compile.
    const IMPORT: ReadingType =
        match ReadingType::interval(MeasuringPeriod::FIFTEEN_MINUTE).active_energy().kilo().forward().build() {
            Ok(code) => code,
            Err(_) => panic!("these do not go together"),
        };
    println!("import       {IMPORT}");
    println!("             {}", IMPORT.explain());

    // From words of the API, the same.
    let words = ReadingWords {
        reading_type: Some("intervalData"),
        measurement: Some("activeEnergy"),
        interval: Some("PT15M"),
        unit: Some("kWh"),
        energy_direction: Some("forward"),
        ..ReadingWords::default()
    };
    let mut faults = Vec::new();
    let import = compose(&words, &mut faults).ok_or("the words do not go together")?;
    assert_eq!(import, IMPORT);

    // From another one: the same for what the customer gave, in Wh.
    let export = ReadingType { flow_direction: FlowDirection::REVERSE, multiplier: Multiplier::NONE, ..import };
    println!("export       {export}");
    println!("             {}", export.explain());
    println!("             {} in OBIS", Obis::of(&export)?);

    // From its parts: the mean voltage of L1 over ten minutes.
    let voltage = ReadingType {
        aggregate: Aggregate::AVERAGE,
        measuring_period: MeasuringPeriod::TEN_MINUTE,
        accumulation: Accumulation::INDICATING,
        commodity: Commodity::ELECTRICITY_SECONDARY_METERED,
        measurement_kind: MeasurementKind::VOLTAGE,
        phases: Phases::AN,
        unit: MeasurementUnit::VOLT,
        ..ReadingType::NONE
    };
    println!("voltage      {voltage}");
    println!("             {}", voltage.explain());
    println!("             {} in OBIS", Obis::of(&voltage)?);

    // What does not go together says so, all at once.
    let wrong = ReadingWords { unit: Some("kwh"), phase: Some("D"), ..words };
    let mut faults = Vec::new();
    if compose(&wrong, &mut faults).is_none() {
        for fault in faults {
            println!("{:<12} {}", fault.field, fault.detail);
        }
    }
    Ok(())
}
