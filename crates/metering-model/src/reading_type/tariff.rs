//! Parts 12 to 14 of the reading type: what the tariff divides a value by.

macro_rules! numbered {
    ($( $(#[$about:meta])* $Part:ident, $says:literal; )+) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Part(u16);

        impl $Part {
            /// Not divided.
            pub const NONE: Self = Self(0);

            /// The one with this number; 0 is [`Self::NONE`].
            #[must_use]
            pub const fn from_code(number: u16) -> Self {
                Self(number)
            }

            /// The number in the code.
            #[must_use]
            pub const fn code(self) -> u16 {
                self.0
            }

            /// Whether the value is of all, not of one.
            #[must_use]
            pub const fn is_none(self) -> bool {
                self.0 == 0
            }

            /// What one is called in an explanation, before its number.
            pub(super) const CALLED: &'static str = $says;
        }

        /// The number in the code.
        impl std::fmt::Display for $Part {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    )+ };
}

numbered! {
    /// Part 12: the time of use register, counted from 1; 0 where the value is of all times.
    ///
    /// The hours that belong to a register are the tariff's, not the standard's. That the numbers
    /// are registers is known from one source only, unconfirmed.
    ///
    /// ```
    /// use metering_model::reading_type::Tou;
    ///
    /// let second: metering_model::ReadingType = "0.0.0.1.1.1.12.0.0.0.0.2.0.0.0.3.72.0".parse()?;
    /// assert_eq!(second.tou, Tou::from_code(2));
    /// # Ok::<(), metering_model::ReadingTypeError>(())
    /// ```
    Tou, "time of use register";
    /// Part 13: the critical peak period, counted from 1; 0 where none is meant.
    ///
    /// Known from one source only, unconfirmed.
    Cpp, "critical peak period";
    /// Part 14: the block of consumption that is priced alike, counted from 1; 0 at a flat rate.
    ///
    /// Known from one source only, unconfirmed.
    ConsumptionTier, "consumption tier";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nought_is_none_and_every_other_number_is_one() {
        assert!(Tou::NONE.is_none() && Cpp::NONE.is_none() && ConsumptionTier::NONE.is_none());
        for number in [1, 2, u16::MAX] {
            assert!(!Tou::from_code(number).is_none());
            assert_eq!(
                (Tou::from_code(number).code(), Tou::from_code(number).to_string()),
                (number, number.to_string())
            );
            assert_eq!(Cpp::from_code(number).code(), number);
            assert_eq!(ConsumptionTier::from_code(number).code(), number);
        }
    }
}
