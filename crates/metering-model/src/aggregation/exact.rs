//! Sums wider than a decimal, so that the order of adding and the size on the way do not matter.

use crate::aggregation::ValueAt;
use crate::{Decimal, DecimalError, MAX_SCALE, Scale};

/// A sum in units of the smallest place a decimal has (ten to the minus 12). A single value needs 30
/// digits at the most, so a hundred million of the largest fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Total {
    units: i128,
    /// The most places any of the values was written with.
    places: u8,
}

/// Ten to the power of the places that are missing to 12.
fn below(places: u8) -> i128 {
    10i128.pow(u32::from(MAX_SCALE.saturating_sub(places)))
}

impl From<Decimal> for Total {
    fn from(value: Decimal) -> Self {
        let places = value.scale().places();
        Self { units: i128::from(value.digits()) * below(places), places }
    }
}

impl Total {
    /// All that count of these values.
    pub(super) fn of(values: &[ValueAt<'_>]) -> Result<Self, DecimalError> {
        values.iter().filter_map(|one| one.counting()).try_fold(Self::default(), |sum, value| sum.plus(value.into()))
    }

    pub(super) fn units(self) -> i128 {
        self.units
    }

    pub(super) fn plus(self, other: Self) -> Result<Self, DecimalError> {
        let units = self.units.checked_add(other.units).ok_or(DecimalError::TooManyDigits)?;
        Ok(Self { units, places: self.places.max(other.places) })
    }

    pub(super) fn minus(self, other: Self) -> Result<Self, DecimalError> {
        self.plus(Self { units: -other.units, places: other.places })
    }

    /// With as many places as the value that had most, or fewer where zeros have to go to make room.
    pub(super) fn decimal(self) -> Result<Decimal, DecimalError> {
        let (mut digits, mut places) = (self.units / below(self.places), self.places);
        while places > 0 && i64::try_from(digits).map_or(true, |it| Decimal::new(it, Scale::S0).is_err()) {
            if digits % 10 != 0 {
                return Err(DecimalError::TooManyDigits);
            }
            digits /= 10;
            places -= 1;
        }
        let scale = Scale::new(places).ok_or(DecimalError::TooManyPlaces)?;
        Decimal::new(i64::try_from(digits).map_err(|_| DecimalError::TooManyDigits)?, scale)
    }

    /// This times `factor` over `divisor`; `None` where twelve places do not hold it.
    pub(super) fn times(self, factor: u64, divisor: u64) -> Option<Self> {
        let (product, divisor) = (self.units.checked_mul(i128::from(factor))?, i128::from(divisor));
        if divisor == 0 || product % divisor != 0 {
            return None;
        }
        let units = product / divisor;
        let mut places = MAX_SCALE;
        while places > self.places && units % below(places - 1) == 0 {
            places -= 1;
        }
        Some(Self { units, places })
    }

    /// This over `count`, not 0, rounded to so many places.
    pub(super) fn over(self, count: u64, scale: Scale, rounding: Rounding) -> Result<Decimal, DecimalError> {
        let divisor = i128::from(count.max(1)) * below(scale.places());
        let (whole, rest) = (self.units / divisor, self.units % divisor);
        // The divisor is below ten to the 32, so that doubling stays in range.
        let away = match (rest.abs() * 2).cmp(&divisor) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => match rounding {
                Rounding::HalfAwayFromZero => true,
                Rounding::HalfToEven => whole % 2 != 0,
                Rounding::TowardZero => false,
            },
            std::cmp::Ordering::Greater => rounding != Rounding::TowardZero,
        };
        let digits = whole + if away { self.units.signum() } else { 0 };
        Decimal::new(i64::try_from(digits).map_err(|_| DecimalError::TooManyDigits)?, scale)
    }
}

/// What becomes of a number that lies between two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// The nearer one; from the middle the one further from zero, as in commerce.
    HalfAwayFromZero,
    /// The nearer one; from the middle the one with an even last digit.
    HalfToEven,
    /// The one nearer to zero: the rest is cut off.
    TowardZero,
}
