//! Parts 8 and 9 of the reading type.

use std::fmt;

/// Parts 8 and 9: which multiple of the mains frequency the value is of, as a fraction.
///
/// Over 1 stand the whole multiples: 1/1 is the fundamental, n/1 the n-th harmonic. Over anything
/// else stand the interharmonics in between, such as 1/2. 0/0 says nothing. The meaning of other
/// numbers than 0 is known from one source only, unconfirmed.
///
/// ```
/// use metering_model::reading_type::{Interharmonic, MeasurementKind, ReadingType};
///
/// let third: ReadingType = "0.0.0.12.0.1.54.3.1.0.0.0.0.0.129.0.29.0".parse()?;
/// assert_eq!(third.interharmonic, Interharmonic::harmonic(3));
/// assert_eq!(third.interharmonic.to_string(), "3rd harmonic");
/// assert_eq!(Interharmonic::HALF.to_string(), "interharmonic 1/2");
/// # Ok::<(), metering_model::ReadingTypeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interharmonic {
    /// Part 8: the multiple, where the denominator is 1.
    pub numerator: u16,
    /// Part 9: 1 for the fundamental and the harmonics.
    pub denominator: u16,
}

impl Interharmonic {
    /// Nothing said: the whole, not one frequency of it.
    pub const NONE: Self = Self::new(0, 0);
    /// The mains frequency itself.
    pub const FUNDAMENTAL: Self = Self::harmonic(1);
    /// Half the mains frequency.
    pub const HALF: Self = Self::new(1, 2);

    /// The fraction of these two numbers, whatever it means.
    #[must_use]
    pub const fn new(numerator: u16, denominator: u16) -> Self {
        Self { numerator, denominator }
    }

    /// The harmonic of this order; 1 is the fundamental.
    #[must_use]
    pub const fn harmonic(order: u16) -> Self {
        Self::new(order, 1)
    }

    /// The order of the harmonic, 1 for the fundamental; `None` for all that is none.
    #[must_use]
    pub const fn order(self) -> Option<u16> {
        match (self.numerator, self.denominator) {
            (0, _) => None,
            (order, 1) => Some(order),
            _ => None,
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.numerator == 0 && self.denominator == 0
    }
}

/// What it means: `fundamental`, `3rd harmonic`, `interharmonic 1/2`.
impl fmt::Display for Interharmonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.numerator, self.denominator) {
            (0, 0) => f.write_str("no harmonic"),
            (1, 1) => f.write_str("fundamental"),
            (numerator, denominator) if numerator == 0 || denominator == 0 => {
                write!(f, "meaningless interharmonic {numerator}/{denominator}")
            }
            (order, 1) => write!(f, "{order}{} harmonic", ordinal(order)),
            (numerator, denominator) => write!(f, "interharmonic {numerator}/{denominator}"),
        }
    }
}

/// The letters of an ordinal number: 1st, 2nd, 3rd, 11th.
fn ordinal(number: u16) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_harmonics_or_lie_between_them() {
        for (numerator, denominator, order, said) in [
            (0, 0, None, "no harmonic"),
            (1, 1, Some(1), "fundamental"),
            (2, 1, Some(2), "2nd harmonic"),
            (3, 1, Some(3), "3rd harmonic"),
            (12, 1, Some(12), "12th harmonic"),
            (21, 1, Some(21), "21st harmonic"),
            (1, 2, None, "interharmonic 1/2"),
            (5, 2, None, "interharmonic 5/2"),
            (0, 1, None, "meaningless interharmonic 0/1"),
            (7, 0, None, "meaningless interharmonic 7/0"),
        ] {
            let interharmonic = Interharmonic::new(numerator, denominator);
            assert_eq!((interharmonic.order(), interharmonic.to_string().as_str()), (order, said));
        }
    }
}
