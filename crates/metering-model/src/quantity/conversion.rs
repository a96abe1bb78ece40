//! From one unit to another of the same kind: the point moves, the digits stay.

use super::QuantityError;
use crate::reading_type::Multiplier;
use crate::words::{WordFault, unit, unit_text};
use crate::{Decimal, DecimalError, ReadingType};

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
        Ok(Some(Self::of_same_unit(code, Multiplier::from_code(wanted.prefix))))
    }

    /// The way from the unit of one reading type to that of another; the rest of `to` is of no account.
    ///
    /// # Errors
    /// [`QuantityError::OtherKind`] names both units, where no power of ten leads from one to the other.
    ///
    /// ```
    /// use metering_model::quantity::Conversion;
    ///
    /// let kwh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse()?;
    /// let wh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.72.0".parse()?;
    /// assert_eq!(Conversion::between(&kwh, &wh)?.apply("1234.56".parse()?)?.to_string(), "1234560");
    ///
    /// let kvarh = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.73.0".parse()?;
    /// let error = Conversion::between(&kwh, &kvarh).unwrap_err();
    /// assert_eq!(error.to_string(), "kWh cannot be converted to kVArh: the two measure different things");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn between(from: &ReadingType, to: &ReadingType) -> Result<Self, QuantityError> {
        if from.unit != to.unit {
            return Err(QuantityError::OtherKind { from: unit_text(from), to: unit_text(to) });
        }
        Ok(Self::of_same_unit(from, to.multiplier))
    }

    fn of_same_unit(code: &ReadingType, multiplier: Multiplier) -> Self {
        // Beyond the range of i8 no value but zero fits a decimal anyway.
        let power = code.multiplier.code().saturating_sub(multiplier.code());
        Self { reading_type: ReadingType { multiplier, ..*code }, power }
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
