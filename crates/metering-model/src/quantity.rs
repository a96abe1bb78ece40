//! Units: exact conversions between those of one kind, and typed quantities for calculations.
//!
//! Units of one kind are powers of ten of each other, so [`Conversion`] moves the point of the
//! decimal and changes no digit. Where kinds meet (demand is energy over time) the quantities of the
//! crate `uom` hold the dimensions apart, over exact ratios of whole numbers. They are for a few
//! values at a time, not for every reading.

use std::num::NonZeroU32;

use thiserror::Error;
use uom::num_bigint::BigInt;
use uom::num_rational::BigRational;
use uom::si::bigrational::Time;
pub use uom::si::bigrational::{ElectricCurrent, ElectricPotential, Energy, Frequency, Power, Ratio};
use uom::si::time::second;
use uom::si::{electric_current, electric_potential, energy, frequency, power, ratio};

use crate::reading_type::{MeasurementUnit, Multiplier};
use crate::words::{WordFault, unit, unit_text};
use crate::{Decimal, DecimalError, MAX_SCALE, ReadingType, Scale};

/// The way from the unit of a series to another unit of the same kind.
///
/// ```
/// use metering_model::quantity::Conversion;
///
/// let kilowatt_hours = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
/// let to_mwh = Conversion::to_unit(&kilowatt_hours, "MWh").unwrap().unwrap();
/// assert_eq!(to_mwh.apply("1234.56".parse()?)?.to_string(), "1.23456");
/// assert_eq!(to_mwh.reading_type().to_string(), "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.6.72.0");
///
/// // Amperes measure another kind of thing: such a series stays as it is.
/// assert_eq!(Conversion::to_unit(&kilowatt_hours, "A").unwrap(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    reading_type: ReadingType,
    power: i8,
}

impl Conversion {
    /// The way from the unit of `code` to the unit of this word; `None` when they measure different
    /// kinds of things, so that a `unit` asked for leaves the series alone.
    ///
    /// # Errors
    /// A word that is no unit, with the units there are.
    pub fn to_unit(code: &ReadingType, unit_word: &str) -> Result<Option<Self>, WordFault> {
        let wanted = unit(unit_word)?;
        if wanted.unit != code.unit {
            return Ok(None);
        }
        // Beyond the range of i8 no value but zero fits a decimal anyway.
        let power = code.multiplier.code().saturating_sub(wanted.prefix);
        let reading_type = ReadingType { multiplier: Multiplier::from_code(wanted.prefix), ..*code };
        Ok(Some(Self { reading_type, power }))
    }

    /// The reading type of the converted values: the code follows the value.
    #[must_use]
    pub fn reading_type(&self) -> ReadingType {
        self.reading_type
    }

    /// The value in the other unit, digit for digit.
    ///
    /// # Errors
    /// When it would need more digits or places than a decimal holds; nothing is rounded.
    pub fn apply(&self, value: Decimal) -> Result<Decimal, DecimalError> {
        value.times_ten_to(self.power)
    }
}

/// Why a value is no quantity of the kind asked for, or a quantity no exact value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// The reading type measures in a unit of another kind. Reactive and apparent quantities are
    /// told from active ones here, though their dimensions are the same.
    #[error("{found} is not {wanted}: a value in {found} is no {quantity}")]
    OtherUnit {
        /// The unit of the reading type.
        found: String,
        /// The unit the quantity is measured in.
        wanted: &'static str,
        /// The kind of quantity asked for.
        quantity: &'static str,
    },
    /// The number in the unit asked for has no end, or is too long for a decimal.
    #[error("the {quantity} has no exact decimal in {unit} within 18 digits and 12 places")]
    NotExact {
        /// The unit asked for.
        unit: String,
        /// The kind of quantity.
        quantity: &'static str,
    },
}

macro_rules! typed_quantities {
    ($(
        $(#[$about:meta])*
        $Quantity:ident, $read:ident, $write:ident, $UNIT:ident, $symbol:literal, $unit:path;
    )+) => { $(
        $(#[$about])*
        ///
        /// # Errors
        #[doc = concat!("[`QuantityError::OtherUnit`] where the reading type's unit is not ", $symbol, ", with or without a power of ten.")]
        pub fn $read(value: Decimal, of: &ReadingType) -> Result<$Quantity, QuantityError> {
            check_unit(of, MeasurementUnit::$UNIT, $symbol, stringify!($Quantity))?;
            Ok($Quantity::new::<$unit>(exact(value, of.multiplier)))
        }

        #[doc = concat!("The value of a [`", stringify!($Quantity), "`] in the unit and power of ten of a reading type.")]
        ///
        /// # Errors
        #[doc = concat!("[`QuantityError::OtherUnit`] where the reading type's unit is not ", $symbol, "; [`QuantityError::NotExact`] where no decimal is that number.")]
        pub fn $write(quantity: &$Quantity, of: &ReadingType) -> Result<Decimal, QuantityError> {
            check_unit(of, MeasurementUnit::$UNIT, $symbol, stringify!($Quantity))?;
            decimal(quantity.get::<$unit>(), of.multiplier)
                .ok_or_else(|| QuantityError::NotExact { unit: unit_text(of), quantity: stringify!($Quantity) })
        }
    )+ };
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
    Energy, energy, energy_value, WATT_HOUR, "Wh", energy::watt_hour;
    /// An active power from a value in watts.
    Power, power, power_value, WATT, "W", power::watt;
    /// A voltage from a value in volts.
    ElectricPotential, electric_potential, electric_potential_value, VOLT, "V", electric_potential::volt;
    /// A current from a value in amperes.
    ElectricCurrent, electric_current, electric_current_value, AMPERE, "A", electric_current::ampere;
    /// A frequency from a value in hertz.
    Frequency, frequency, frequency_value, HERTZ, "Hz", frequency::hertz;
    /// A power factor from its value.
    Ratio, ratio, ratio_value, COS_THETA, "PF", ratio::ratio;
}

/// The mean power of an energy over a time: what demand is.
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

fn ten_to(power: i32) -> BigRational {
    let magnitude = BigInt::from(10).pow(power.unsigned_abs());
    if power < 0 { BigRational::new(BigInt::from(1), magnitude) } else { BigRational::from_integer(magnitude) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(multiplier: i8, unit: u16) -> ReadingType {
        ReadingType {
            multiplier: Multiplier::from_code(multiplier),
            unit: MeasurementUnit::from_code(unit),
            ..ReadingType::NONE
        }
    }

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_conversion_moves_the_point_and_the_code_follows() {
        for (multiplier, unit, word, value, converted, new_multiplier) in [
            (3, 72, "Wh", "1234.50", "1234500", 0),
            (3, 72, "kWh", "1234.50", "1234.50", 3),
            (0, 72, "MWh", "1234.50", "0.00123450", 6),
            (9, 38, "kW", "1.5", "1500000", 3),
            (-3, 29, "V", "230123", "230.123", 0),
        ] {
            let conversion = Conversion::to_unit(&code(multiplier, unit), word).unwrap().unwrap();
            assert_eq!(conversion.apply(number(value)).unwrap().to_string(), converted);
            assert_eq!(conversion.reading_type(), code(new_multiplier, unit));
        }
    }

    #[test]
    fn a_conversion_never_rounds() {
        let to_mwh = Conversion::to_unit(&code(0, 72), "MWh").unwrap().unwrap();
        assert_eq!(to_mwh.apply(number("0.0000001")), Err(DecimalError::TooManyPlaces));
        let far = Conversion::to_unit(&code(-128, 72), "MWh").unwrap().unwrap();
        assert_eq!(far.apply(number("1")), Err(DecimalError::TooManyPlaces));
        assert_eq!(far.apply(number("0")), Ok(Decimal::ZERO));
    }

    #[test]
    fn another_kind_is_left_alone_and_an_unknown_unit_is_a_fault() {
        assert_eq!(Conversion::to_unit(&code(3, 73), "kWh"), Ok(None));
        let fault = Conversion::to_unit(&code(3, 72), "kwh").unwrap_err();
        assert_eq!(fault.field, "unit");
        assert!(fault.detail.contains("did you mean `kWh`?"), "{}", fault.detail);
    }

    #[test]
    fn eighteen_digits_pass_exactly_through_every_quantity() {
        for text in ["999999999999999999", "0.000000000001", "-123456.789012345678", "0"] {
            let value = number(text);
            let there_and_back = [
                energy_value(&energy(value, &code(3, 72)).unwrap(), &code(3, 72)),
                power_value(&power(value, &code(6, 38)).unwrap(), &code(6, 38)),
                electric_potential_value(&electric_potential(value, &code(-3, 29)).unwrap(), &code(-3, 29)),
                electric_current_value(&electric_current(value, &code(0, 5)).unwrap(), &code(0, 5)),
                frequency_value(&frequency(value, &code(0, 33)).unwrap(), &code(0, 33)),
                ratio_value(&ratio(value, &code(0, 65)).unwrap(), &code(0, 65)),
            ];
            for back in there_and_back {
                assert_eq!(back, Ok(value), "{text}");
            }
        }
    }

    #[test]
    fn reactive_and_apparent_values_are_no_active_ones() {
        for (unit, symbol) in [(73, "kVArh"), (71, "kVAh")] {
            let text = energy(number("1"), &code(3, unit)).unwrap_err().to_string();
            assert_eq!(text, format!("{symbol} is not Wh: a value in {symbol} is no Energy"));
        }
        for unit in [61, 63] {
            assert!(power(number("1"), &code(0, unit)).is_err());
        }
        assert_eq!(
            frequency(number("1"), &code(2, 42)).unwrap_err().to_string(),
            "m3 times ten to 2 is not Hz: a value in m3 times ten to 2 is no Frequency"
        );
    }

    #[test]
    fn demand_is_energy_over_time_or_has_no_exact_decimal() {
        let kwh = code(3, 72);
        let mean = |value: &str, seconds| {
            let power = mean_power(&energy(number(value), &kwh).unwrap(), NonZeroU32::new(seconds).unwrap());
            power_value(&power, &code(3, 38))
        };
        assert_eq!(mean("0.1", 900), Ok(number("0.4")));
        assert_eq!(mean("-2.5", 1800), Ok(number("-5")));
        let error = mean("1", 2520 * 3).unwrap_err();
        assert_eq!(error.to_string(), "the Power has no exact decimal in kW within 18 digits and 12 places");
    }
}
