//! Adds up a load profile that a head-end wrote with OBIS codes, one `code;time;value` a line.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use metering_model::obis::{NoReadingType, ObisContext, ObisError};
use metering_model::quantity::{Energy, Quantity, QuantityError, energy_value, mean_power, power_value};
use metering_model::reading_type::{MeasurementKind, MeasuringPeriod, Multiplier};
use metering_model::{Decimal, DecimalError, Obis, ReadingType, TimeStamp, TimeStampError};

/// What came of a profile: per code its energy, and the highest demand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sum {
    /// What the head-end calls it.
    pub obis: Obis,
    /// What the standard calls it.
    pub reading_type: ReadingType,
    /// All quarter hours added up, in kWh.
    pub energy: Decimal,
    /// The highest demand, in kW.
    pub peak: Decimal,
    /// The end of the quarter hour it was in.
    pub peak_at: TimeStamp,
}

/// What can be wrong with a profile.
#[derive(Debug)]
pub enum Fault {
    Fields,
    Code(ObisError),
    Meaning(NoReadingType),
    Time(TimeStampError),
    Value(DecimalError),
    Unit(QuantityError),
}

macro_rules! from {
    ($($Error:ty => $Fault:ident;)+) => { $(
        impl From<$Error> for Fault {
            fn from(error: $Error) -> Self {
                Self::$Fault(error)
            }
        }
    )+ };
}

from! {
    ObisError => Code;
    NoReadingType => Meaning;
    TimeStampError => Time;
    DecimalError => Value;
    QuantityError => Unit;
}

const QUARTER_HOUR: NonZeroU32 = NonZeroU32::new(900).unwrap();

/// Adds up the active energies of `profile`, code by code.
pub fn sums(profile: &str) -> Result<Vec<Sum>, Fault> {
    let context = ObisContext {
        multiplier: Multiplier::KILO,
        measuring_period: MeasuringPeriod::FIFTEEN_MINUTE,
        ..ObisContext::default()
    };
    let mut values: BTreeMap<Obis, Vec<(TimeStamp, Energy)>> = BTreeMap::new();
    for line in profile.lines().filter(|it| !it.is_empty()) {
        let [code, time, value] = *line.split(';').collect::<Vec<_>>() else { return Err(Fault::Fields) };
        let obis: Obis = code.parse()?;
        let quantity = Quantity::of(value.parse()?, &obis.reading_type(&context)?)?;
        values.entry(obis.complete()).or_default().push((time.parse()?, quantity.try_into()?));
    }
    let mut sums = Vec::new();
    for (obis, energies) in values {
        let reading_type = obis.reading_type(&context)?;
        let kilowatts = ReadingType {
            measurement_kind: MeasurementKind::DEMAND,
            unit: metering_model::reading_type::MeasurementUnit::WATT,
            ..reading_type
        };
        let Some((peak_at, peak)) = energies.iter().max_by(|a, b| a.1.value.cmp(&b.1.value)).cloned() else { continue };
        let all = energies.into_iter().map(|(_, energy)| energy).reduce(|sum, it| sum + it);
        let energy = all.map_or(Ok(Decimal::ZERO), |all| energy_value(&all, &reading_type))?;
        let peak = power_value(&mean_power(&peak, QUARTER_HOUR), &kilowatts)?;
        sums.push(Sum { obis, reading_type, energy, peak, peak_at });
    }
    Ok(sums)
}
