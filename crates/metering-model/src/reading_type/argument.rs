//! Parts 10 and 11 of the reading type.

use std::fmt;

/// Parts 10 and 11: the number that some kinds of measurement are said with, as a fraction.
///
/// An index of supply reliability counts those who were cut off more than n times: 4/1 says that n
/// is 4. 0/0 says nothing. The meaning of other numbers than 0 is known from one source only,
/// unconfirmed.
///
/// ```
/// use metering_model::reading_type::{Argument, MeasurementKind, ReadingType};
///
/// let index = ReadingType {
///     measurement_kind: MeasurementKind::IEEE_1366_CEMI_N,
///     argument: Argument::integer(4),
///     ..ReadingType::NONE
/// };
/// assert_eq!(index.to_string(), "0.0.0.0.0.0.22.0.0.4.1.0.0.0.0.0.0.0");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Argument {
    /// Part 10: the number, where the denominator is 1.
    pub numerator: u16,
    /// Part 11: 1 for whole numbers.
    pub denominator: u16,
}

impl Argument {
    /// Nothing said.
    pub const NONE: Self = Self::new(0, 0);

    /// The fraction of these two numbers, whatever it means.
    #[must_use]
    pub const fn new(numerator: u16, denominator: u16) -> Self {
        Self { numerator, denominator }
    }

    /// A whole number.
    #[must_use]
    pub const fn integer(number: u16) -> Self {
        Self::new(number, 1)
    }

    /// The whole number it is; `None` for a fraction and for none.
    #[must_use]
    pub const fn as_integer(self) -> Option<u16> {
        match self.denominator {
            1 => Some(self.numerator),
            _ => None,
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.numerator == 0 && self.denominator == 0
    }
}

/// What it means: `argument 4`, `argument 1/2`.
impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.numerator, self.denominator) {
            (0, 0) => f.write_str("no argument"),
            (number, 1) => write!(f, "argument {number}"),
            (numerator, 0) => write!(f, "meaningless argument {numerator}/0"),
            (numerator, denominator) => write!(f, "argument {numerator}/{denominator}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_whole_numbers_or_fractions() {
        for (numerator, denominator, integer, said) in [
            (0, 0, None, "no argument"),
            (4, 1, Some(4), "argument 4"),
            (0, 1, Some(0), "argument 0"),
            (1, 2, None, "argument 1/2"),
            (3, 0, None, "meaningless argument 3/0"),
        ] {
            let argument = Argument::new(numerator, denominator);
            assert_eq!((argument.as_integer(), argument.to_string().as_str()), (integer, said));
        }
    }
}
