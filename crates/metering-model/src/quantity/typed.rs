//! Typed quantities of values, and values of typed quantities.

use std::num::NonZeroU32;

use uom::num_bigint::BigInt;
use uom::num_rational::BigRational;
use uom::num_traits::ToPrimitive;
use uom::si::bigrational::Time;
use uom::si::time::second;
use uom::si::{electric_current, electric_potential, energy, frequency, power, ratio, volume};

use super::{
    ApparentEnergy, ApparentPower, ElectricCurrent, ElectricPotential, Energy, Frequency, Power, QuantityError, Ratio,
    ReactiveEnergy, ReactivePower, Volume,
};
use crate::reading_type::{MeasurementUnit, Multiplier};
use crate::words::unit_text;
use crate::{Decimal, MAX_SCALE, ReadingType, Scale};

macro_rules! typed_quantities {
    ($(
        $(#[$about:meta])*
        $Quantity:ident, $read:ident, $write:ident, $UNIT:ident, $symbol:literal, $new:expr, $get:expr;
    )+) => {
        $(
            $(#[$about])*
            ///
            /// # Errors
            #[doc = concat!("[`QuantityError::OtherUnit`] where the reading type's unit is not ", $symbol, ", with or without a power of ten.")]
            pub fn $read(value: Decimal, of: &ReadingType) -> Result<$Quantity, QuantityError> {
                check_unit(of, MeasurementUnit::$UNIT, $symbol, stringify!($Quantity))?;
                let new: fn(BigRational) -> $Quantity = $new;
                Ok(new(exact(value, of.multiplier)))
            }

            #[doc = concat!("The value of a [`", stringify!($Quantity), "`] in the unit and power of ten of a reading type.")]
            ///
            /// # Errors
            #[doc = concat!("[`QuantityError::OtherUnit`] where the reading type's unit is not ", $symbol, "; [`QuantityError::NotExact`] where no decimal is that number.")]
            pub fn $write(quantity: &$Quantity, of: &ReadingType) -> Result<Decimal, QuantityError> {
                check_unit(of, MeasurementUnit::$UNIT, $symbol, stringify!($Quantity))?;
                decimal(number::$read(quantity), of.multiplier)
                    .ok_or_else(|| QuantityError::NotExact { unit: unit_text(of), quantity: stringify!($Quantity) })
            }
        )+

        /// The number of each in its unit without prefix.
        pub(super) mod number {
            use super::*;

            $(
                pub(in crate::quantity) fn $read(quantity: &$Quantity) -> BigRational {
                    let get: fn(&$Quantity) -> BigRational = $get;
                    get(quantity)
                }
            )+
        }

        /// The unit of each.
        pub(super) mod symbol {
            $(
                #[expect(non_upper_case_globals, reason = "named as the function it belongs to")]
                pub(in crate::quantity) const $read: &str = $symbol;
            )+
        }
    };
}

typed_quantities! {
    /// An active energy from a value in watt hours.
    ///
    /// ```
    /// use metering_model::quantity::{energy, energy_value};
    ///
    /// let kwh = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    /// let mwh = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.6.72.0".parse()?;
    /// let read = energy("1234.50".parse()?, &kwh)?;
    /// assert_eq!(energy_value(&read, &mwh)?.to_string(), "1.2345");
    ///
    /// let kvarh = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.73.0".parse()?;
    /// let error = energy("1".parse()?, &kvarh).unwrap_err();
    /// assert_eq!(error.to_string(), "kVArh is not Wh: a value in kVArh is no Energy");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Energy, energy, energy_value, WATT_HOUR, "Wh", Energy::new::<energy::watt_hour>, Energy::get::<energy::watt_hour>;
    /// A reactive energy from a value in volt ampere reactive hours.
    ReactiveEnergy, reactive_energy, reactive_energy_value, VOLT_AMPERE_REACTIVE_HOUR, "VArh",
        ReactiveEnergy::new, |it| it.get().clone();
    /// An apparent energy from a value in volt ampere hours.
    ApparentEnergy, apparent_energy, apparent_energy_value, VOLT_AMPERE_HOUR, "VAh",
        ApparentEnergy::new, |it| it.get().clone();
    /// An active power from a value in watts.
    Power, power, power_value, WATT, "W", Power::new::<power::watt>, Power::get::<power::watt>;
    /// A reactive power from a value in volt amperes reactive.
    ReactivePower, reactive_power, reactive_power_value, VOLT_AMPERE_REACTIVE, "VAr",
        ReactivePower::new, |it| it.get().clone();
    /// An apparent power from a value in volt amperes.
    ApparentPower, apparent_power, apparent_power_value, VOLT_AMPERE, "VA", ApparentPower::new, |it| it.get().clone();
    /// A voltage from a value in volts.
    ElectricPotential, electric_potential, electric_potential_value, VOLT, "V",
        ElectricPotential::new::<electric_potential::volt>, ElectricPotential::get::<electric_potential::volt>;
    /// A current from a value in amperes.
    ElectricCurrent, electric_current, electric_current_value, AMPERE, "A",
        ElectricCurrent::new::<electric_current::ampere>, ElectricCurrent::get::<electric_current::ampere>;
    /// A frequency from a value in hertz.
    Frequency, frequency, frequency_value, HERTZ, "Hz",
        Frequency::new::<frequency::hertz>, Frequency::get::<frequency::hertz>;
    /// A power factor from its value.
    Ratio, ratio, ratio_value, COS_THETA, "PF", Ratio::new::<ratio::ratio>, Ratio::get::<ratio::ratio>;
    /// A volume from a value in cubic metres, those that say neither compensated nor uncompensated.
    Volume, volume, volume_value, CUBIC_METRE, "m3", Volume::new::<volume::cubic_meter>, Volume::get::<volume::cubic_meter>;
}

macro_rules! in_floating_point {
    ($( $Quantity:ident, $read:ident, $lossy:ident, $unit:path; )+) => { $(
        #[doc = concat!("A [`", stringify!($Quantity), "`] over floating point, as most programs with uom have it: digits may be lost.")]
        #[must_use]
        pub fn $lossy(quantity: &$Quantity) -> uom::si::f64::$Quantity {
            uom::si::f64::$Quantity::new::<$unit>(lossy(&number::$read(quantity)))
        }
    )+ };
}

in_floating_point! {
    Energy, energy, energy_f64_lossy, energy::watt_hour;
    Power, power, power_f64_lossy, power::watt;
    ElectricPotential, electric_potential, electric_potential_f64_lossy, electric_potential::volt;
    ElectricCurrent, electric_current, electric_current_f64_lossy, electric_current::ampere;
    Frequency, frequency, frequency_f64_lossy, frequency::hertz;
    Ratio, ratio, ratio_f64_lossy, ratio::ratio;
    Volume, volume, volume_f64_lossy, volume::cubic_meter;
}

/// The mean power of an energy over a time: what demand is.
///
/// Reactive and apparent energies have a method for it, [`ReactiveEnergy::mean_power`].
///
/// ```
/// use std::num::NonZeroU32;
/// use metering_model::quantity::{energy, mean_power, power_value};
///
/// let quarter_hour = NonZeroU32::new(900).unwrap();
/// let kwh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let kw = "0.2.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0".parse()?;
/// let demand = mean_power(&energy("0.25".parse()?, &kwh)?, quarter_hour);
/// assert_eq!(power_value(&demand, &kw)?.to_string(), "1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn mean_power(energy: &Energy, seconds: NonZeroU32) -> Power {
    energy.clone() / Time::new::<second>(BigRational::from_integer(BigInt::from(seconds.get())))
}

fn check_unit(
    of: &ReadingType,
    unit: MeasurementUnit,
    wanted: &'static str,
    quantity: &'static str,
) -> Result<(), QuantityError> {
    if of.unit == unit {
        return Ok(());
    }
    Err(QuantityError::OtherUnit { found: unit_text(of), wanted, quantity })
}

/// The number in the unit without power of ten.
fn exact(value: Decimal, multiplier: Multiplier) -> BigRational {
    let power = i32::from(multiplier.code()) - i32::from(value.scale().places());
    BigRational::from_integer(BigInt::from(value.digits())) * ten_to(power)
}

/// The decimal that is exactly this number over the power of ten, with as few places as it needs.
fn decimal(number: BigRational, multiplier: Multiplier) -> Option<Decimal> {
    let number = number * ten_to(-i32::from(multiplier.code()));
    (0..=MAX_SCALE).find_map(|places| {
        let shifted = &number * ten_to(places.into());
        let digits = shifted.is_integer().then(|| i64::try_from(shifted.to_integer()).ok()).flatten()?;
        Decimal::new(digits, Scale::new(places)?).ok()
    })
}

/// The nearest floating point number. Beyond the largest there is infinity, which is the nearest.
pub(super) fn lossy(number: &BigRational) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

fn ten_to(power: i32) -> BigRational {
    let magnitude = BigInt::from(10).pow(power.unsigned_abs());
    if power < 0 { BigRational::new(BigInt::from(1), magnitude) } else { BigRational::from_integer(magnitude) }
}
