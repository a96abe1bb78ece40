//! Units: exact conversions between those of one kind, and typed quantities for calculations.
//!
//! Units of one kind are powers of ten of each other, so [`Conversion`] moves the point of the
//! decimal and changes no digit. Where kinds meet (demand is energy over time) the quantities of the
//! crate [`uom`] hold the dimensions apart, over exact ratios of whole numbers. They are for a few
//! values at a time, not for every reading.
//!
//! [`Quantity::of`] makes of a value and its reading type the quantity it is. Where the kind is known
//! beforehand, [`energy`] and the like make that kind or say why not; [`energy_value`] and the like
//! lead back to a decimal. All of it is exact, or an error; what rounds to floating point has `lossy`
//! in its name.
//!
//! Reactive and apparent energy have the dimension of active energy, and uom would add them up. Here
//! they are types of their own, and what does not go together does not compile:
//!
//! ```compile_fail,E0308
//! use metering_model::quantity::{energy, reactive_energy};
//!
//! let kwh = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
//! let kvarh = "0.0.0.1.5.1.12.0.0.0.0.0.0.0.0.3.73.0".parse()?;
//! let sum = energy("1".parse()?, &kwh)? + reactive_energy("1".parse()?, &kvarh)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Volumes are those in cubic metres as such; a compensated volume is another thing than one that is
//! not, and has no type here. Temperatures have none: uom keeps the zero of Celsius as a floating
//! point number, and so not exactly.

use thiserror::Error;
pub use uom;
pub use uom::num_rational::BigRational;
pub use uom::si::bigrational::{ElectricCurrent, ElectricPotential, Energy, Frequency, Power, Ratio, Volume};

use crate::reading_type::MeasurementUnit;
use crate::words::unit_text;
use crate::{Decimal, ReadingType};

mod conversion;
mod reactive_and_apparent;
#[cfg(test)]
mod tests;
mod typed;

pub use conversion::Conversion;
pub use reactive_and_apparent::{ApparentEnergy, ApparentPower, ReactiveEnergy, ReactivePower};
pub use typed::{
    apparent_energy, apparent_energy_value, apparent_power, apparent_power_value, electric_current,
    electric_current_f64_lossy, electric_current_value, electric_potential, electric_potential_f64_lossy,
    electric_potential_value, energy, energy_f64_lossy, energy_value, frequency, frequency_f64_lossy, frequency_value,
    mean_power, power, power_f64_lossy, power_value, ratio, ratio_f64_lossy, ratio_value, reactive_energy,
    reactive_energy_value, reactive_power, reactive_power_value, volume, volume_f64_lossy, volume_value,
};

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
    /// No power of ten leads from one unit to the other.
    #[error("{from} cannot be converted to {to}: the two measure different things")]
    OtherKind {
        /// The unit there is.
        from: String,
        /// The unit asked for.
        to: String,
    },
    /// The unit of the reading type has no quantity here.
    #[error(
        "there is no quantity for values in {found}; there is one for Wh, VArh, VAh, W, VAr, VA, V, A, Hz, PF and m3"
    )]
    NoQuantity {
        /// The unit of the reading type.
        found: String,
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

macro_rules! quantities {
    ($( $(#[$about:meta])+ $Kind:ident, $read:ident, $write:ident, $UNIT:ident; )+) => {
        /// A value as the quantity it is: the number, and what kind of thing it counts.
        ///
        /// ```
        /// use metering_model::quantity::{Energy, Quantity, QuantityError};
        ///
        /// let kwh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
        /// let mwh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.6.72.0".parse()?;
        /// let quantity = Quantity::of("1234.56".parse()?, &kwh)?;
        /// assert_eq!(quantity.value(&mwh)?.to_string(), "1.23456");
        ///
        /// // Where one kind is needed, the others are errors that name both units.
        /// let energy: Energy = quantity.try_into()?;
        /// let kvarh = "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0".parse()?;
        /// let error = Energy::try_from(Quantity::of("1".parse()?, &kvarh)?).unwrap_err();
        /// assert_eq!(error.to_string(), "VArh is not Wh: a value in VArh is no Energy");
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Quantity { $( $(#[$about])+ $Kind($Kind), )+ }

        impl Quantity {
            /// What a value of a reading type is.
            ///
            /// # Errors
            /// [`QuantityError::NoQuantity`] where the unit of the reading type is none of those here.
            pub fn of(value: Decimal, reading_type: &ReadingType) -> Result<Self, QuantityError> {
                match reading_type.unit {
                    $( MeasurementUnit::$UNIT => $read(value, reading_type).map(Self::$Kind), )+
                    _ => Err(QuantityError::NoQuantity { found: unit_text(reading_type) }),
                }
            }

            /// Its value in the unit and power of ten of a reading type.
            ///
            /// # Errors
            /// [`QuantityError::OtherKind`] names both units, where the reading type's measures something
            /// else; [`QuantityError::NotExact`] where no decimal is that number.
            pub fn value(&self, of: &ReadingType) -> Result<Decimal, QuantityError> {
                if self.unit() != of.unit {
                    return Err(QuantityError::OtherKind { from: self.unit_text(), to: unit_text(of) });
                }
                match self { $( Self::$Kind(it) => $write(it, of), )+ }
            }

            /// The unit it is counted in, without a prefix.
            #[must_use]
            pub const fn unit(&self) -> MeasurementUnit {
                match self { $( Self::$Kind(_) => MeasurementUnit::$UNIT, )+ }
            }

            /// What kind of quantity it is, as the type is called.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $( Self::$Kind(_) => stringify!($Kind), )+ }
            }

            fn unit_text(&self) -> String {
                unit_text(&ReadingType { unit: self.unit(), ..ReadingType::NONE })
            }

            /// The nearest floating point number of its [`Quantity::unit`], for drawing and statistics:
            /// digits may be lost.
            ///
            /// ```
            /// use metering_model::quantity::Quantity;
            ///
            /// let kwh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
            /// assert_eq!(Quantity::of("0.3".parse()?, &kwh)?.to_f64_lossy(), 300.0);
            /// # Ok::<(), Box<dyn std::error::Error>>(())
            /// ```
            #[must_use]
            pub fn to_f64_lossy(&self) -> f64 {
                match self { $( Self::$Kind(it) => typed::lossy(&typed::number::$read(it)), )+ }
            }
        }

        $(
            impl From<$Kind> for Quantity {
                fn from(it: $Kind) -> Self {
                    Self::$Kind(it)
                }
            }

            impl TryFrom<Quantity> for $Kind {
                type Error = QuantityError;

                fn try_from(quantity: Quantity) -> Result<Self, Self::Error> {
                    match quantity {
                        Quantity::$Kind(it) => Ok(it),
                        other => Err(QuantityError::OtherUnit {
                            found: other.unit_text(),
                            wanted: typed::symbol::$read,
                            quantity: stringify!($Kind),
                        }),
                    }
                }
            }
        )+
    };
}

quantities! {
    /// Active energy (Wh).
    Energy, energy, energy_value, WATT_HOUR;
    /// Reactive energy (VArh).
    ReactiveEnergy, reactive_energy, reactive_energy_value, VOLT_AMPERE_REACTIVE_HOUR;
    /// Apparent energy (VAh).
    ApparentEnergy, apparent_energy, apparent_energy_value, VOLT_AMPERE_HOUR;
    /// Active power (W).
    Power, power, power_value, WATT;
    /// Reactive power (VAr).
    ReactivePower, reactive_power, reactive_power_value, VOLT_AMPERE_REACTIVE;
    /// Apparent power (VA).
    ApparentPower, apparent_power, apparent_power_value, VOLT_AMPERE;
    /// Voltage (V).
    ElectricPotential, electric_potential, electric_potential_value, VOLT;
    /// Current (A).
    ElectricCurrent, electric_current, electric_current_value, AMPERE;
    /// Frequency (Hz).
    Frequency, frequency, frequency_value, HERTZ;
    /// Power factor.
    Ratio, ratio, ratio_value, COS_THETA;
    /// Volume (m3).
    Volume, volume, volume_value, CUBIC_METRE;
}
