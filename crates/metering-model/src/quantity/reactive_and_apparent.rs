//! Quantities with the dimension of active energy and power that must not be mixed with them, nor
//! with each other.

use std::num::NonZeroU32;
use std::ops::{Add, Neg, Sub};

use uom::num_bigint::BigInt;
use uom::num_rational::BigRational;
use uom::num_traits::Zero;

macro_rules! quantity_of_its_own {
    ($( $(#[$about:meta])+ $Quantity:ident, $symbol:literal; )+) => { $(
        $(#[$about])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Quantity(BigRational);

        impl $Quantity {
            #[doc = concat!("The quantity of this number of ", $symbol, ".")]
            #[must_use]
            pub fn new(number: BigRational) -> Self {
                Self(number)
            }

            #[doc = concat!("How many ", $symbol, " it is, exactly.")]
            #[must_use]
            pub fn get(&self) -> &BigRational {
                &self.0
            }
        }

        impl Add for $Quantity {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $Quantity {
            type Output = Self;

            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $Quantity {
            type Output = Self;

            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl std::iter::Sum for $Quantity {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
                Self(all.fold(BigRational::zero(), |sum, it| sum + it.0))
            }
        }
    )+ };
}

quantity_of_its_own! {
    /// An amount of reactive energy, exact. It adds to its like and to nothing else.
    ///
    /// ```
    /// use metering_model::quantity::{reactive_energy, reactive_energy_value};
    ///
    /// let kvarh = "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0".parse()?;
    /// let sum = reactive_energy("0.1".parse()?, &kvarh)? + reactive_energy("0.2".parse()?, &kvarh)?;
    /// assert_eq!(reactive_energy_value(&sum, &kvarh)?.to_string(), "0.3");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ReactiveEnergy, "VArh";
    /// An amount of apparent energy, exact. It adds to its like and to nothing else.
    ApparentEnergy, "VAh";
    /// A reactive power, exact. It adds to its like and to nothing else.
    ///
    /// ```compile_fail,E0308
    /// use metering_model::quantity::{ApparentPower, ReactivePower};
    ///
    /// fn is_within(limit: ApparentPower, now: ReactivePower) -> bool {
    ///     now <= limit
    /// }
    /// ```
    ReactivePower, "VAr";
    /// An apparent power, exact. It adds to its like and to nothing else.
    ApparentPower, "VA";
}

macro_rules! over_time {
    ($( $Energy:ident => $Power:ident; )+) => { $(
        impl $Energy {
            /// The mean power of this energy over a time: what demand is.
            #[must_use]
            pub fn mean_power(&self, seconds: NonZeroU32) -> $Power {
                let hours = BigRational::new(BigInt::from(seconds.get()), BigInt::from(3600));
                $Power(&self.0 / hours)
            }
        }
    )+ };
}

over_time! {
    ReactiveEnergy => ReactivePower;
    ApparentEnergy => ApparentPower;
}
