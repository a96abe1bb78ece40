//! Exact decimal numbers: the value of a reading, digit for digit as it was sent.
//!
//! A value never passes through floating point. It is kept as whole digits and the number of
//! places behind the point, so `1234.50` stays `1234.50`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use thiserror::Error;

/// How many significant digits a [`Decimal`] holds at the most.
pub const MAX_DIGITS: u32 = 18;
/// How many places behind the point a [`Decimal`] holds at the most.
pub const MAX_SCALE: u8 = 12;

const POWERS: [i64; 19] = {
    let mut powers = [1i64; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};
const LARGEST: i64 = POWERS[MAX_DIGITS as usize] - 1;

/// The number of places behind the point, 0 to [`MAX_SCALE`].
///
/// An enumeration, so that `Option<Decimal>` needs no byte more than `Decimal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[rustfmt::skip]
#[expect(missing_docs, reason = "the names are the numbers")]
pub enum Scale { S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11, S12 }

impl Scale {
    const ALL: [Self; 13] = [
        Self::S0,
        Self::S1,
        Self::S2,
        Self::S3,
        Self::S4,
        Self::S5,
        Self::S6,
        Self::S7,
        Self::S8,
        Self::S9,
        Self::S10,
        Self::S11,
        Self::S12,
    ];

    /// The scale of `places` behind the point, if it is one of 0 to 12.
    #[must_use]
    pub fn new(places: u8) -> Option<Self> {
        Self::ALL.get(usize::from(places)).copied()
    }

    /// The number of places behind the point.
    #[must_use]
    pub fn places(self) -> u8 {
        self as u8
    }
}

/// An exact decimal number of up to 18 significant digits and 0 to 12 places.
///
/// Equality and order are those of the number: `1.5` equals `1.50`. What was written is kept all
/// the same, and [`Decimal::is_written_like`] tells the two apart; only the sign of `-0` is lost.
///
/// ```
/// use metering_model::Decimal;
///
/// let value: Decimal = "1234.50".parse()?;
/// assert_eq!((value.digits(), value.scale().places()), (123_450, 2));
/// assert_eq!(value, "1234.5".parse()?);
/// assert_eq!(value.to_string(), "1234.50");
/// # Ok::<(), metering_model::DecimalError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    digits: i64,
    scale: Scale,
}

/// Why a text is no [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not a number in the decimal notation.
    #[error("not a decimal number such as 1234.56")]
    NotANumber,
    /// More than 18 significant digits.
    #[error("more than 18 significant digits")]
    TooManyDigits,
    /// More than 12 places behind the point.
    #[error("more than 12 places behind the decimal point")]
    TooManyPlaces,
}

impl Decimal {
    /// Zero, with no place behind the point.
    pub const ZERO: Self = Self { digits: 0, scale: Scale::S0 };

    /// `digits` times ten to the minus `scale`.
    ///
    /// # Errors
    /// [`DecimalError::TooManyDigits`] beyond 18 digits.
    pub fn new(digits: i64, scale: Scale) -> Result<Self, DecimalError> {
        if digits.unsigned_abs() > LARGEST.unsigned_abs() {
            return Err(DecimalError::TooManyDigits);
        }
        Ok(Self { digits, scale })
    }

    /// The digits without the point: `123450` of `1234.50`.
    #[must_use]
    pub fn digits(self) -> i64 {
        self.digits
    }

    /// The places behind the point: 2 of `1234.50`.
    #[must_use]
    pub fn scale(self) -> Scale {
        self.scale
    }

    /// Whether both are the same number written with the same places.
    #[must_use]
    pub fn is_written_like(self, other: Self) -> bool {
        self.digits == other.digits && self.scale == other.scale
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// This number times ten to `power`, exactly: the point moves, the digits stay.
    ///
    /// # Errors
    /// When the result would need more digits or places than a decimal holds.
    ///
    /// ```
    /// # use metering_model::Decimal;
    /// let kilowatt_hours: Decimal = "1234.56".parse()?;
    /// assert_eq!(kilowatt_hours.times_ten_to(3)?.to_string(), "1234560");
    /// assert_eq!(kilowatt_hours.times_ten_to(-3)?.to_string(), "1.23456");
    /// # Ok::<(), metering_model::DecimalError>(())
    /// ```
    pub fn times_ten_to(self, power: i8) -> Result<Self, DecimalError> {
        let places = i32::from(self.scale.places()) - i32::from(power);
        if places < 0 {
            let factor = POWERS.get(places.unsigned_abs() as usize);
            if self.digits == 0 {
                return Ok(Self::ZERO);
            }
            let digits = factor.and_then(|factor| self.digits.checked_mul(*factor));
            return Self::new(digits.ok_or(DecimalError::TooManyDigits)?, Scale::S0);
        }
        let (mut digits, mut places) = (self.digits, places);
        // Only zeros at the end may go; a digit may not.
        while places > i32::from(MAX_SCALE) && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        let scale = u8::try_from(places).ok().and_then(Scale::new);
        Ok(Self { digits, scale: scale.ok_or(DecimalError::TooManyPlaces)? })
    }

    /// Reads the notation of JSON and XML numbers: sign, digits, one point, an exponent.
    ///
    /// # Errors
    /// [`DecimalError`] says what is too much; nothing is ever rounded.
    pub fn from_bytes(text: &[u8]) -> Result<Self, DecimalError> {
        let (negative, mut rest) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        let mut digits = 0i64;
        let mut places = 0i32;
        let (mut seen_point, mut seen_digit) = (false, false);
        while let [byte, tail @ ..] = rest {
            match byte {
                b'0'..=b'9' => {
                    if digits > LARGEST / 10 {
                        return Err(too_many(tail));
                    }
                    digits = digits * 10 + i64::from(byte - b'0');
                    places += i32::from(seen_point);
                    seen_digit = true;
                }
                b'.' if !seen_point => seen_point = true,
                b'e' | b'E' if seen_digit => {
                    places -= exponent(tail)?;
                    rest = &[];
                    break;
                }
                _ => return Err(DecimalError::NotANumber),
            }
            rest = tail;
        }
        if !seen_digit || !rest.is_empty() {
            return Err(DecimalError::NotANumber);
        }
        let digits = if negative { -digits } else { digits };
        if (0..=i32::from(MAX_SCALE)).contains(&places) {
            let scale = Scale::ALL[places.unsigned_abs() as usize];
            return Ok(Self { digits, scale });
        }
        if places < 0 {
            let power = i8::try_from(-places).map_err(|_| DecimalError::TooManyDigits);
            return Self { digits, scale: Scale::S0 }.times_ten_to(if digits == 0 { 0 } else { power? });
        }
        Err(DecimalError::TooManyPlaces)
    }

    /// The number with no zeros at its end: what is the same for all spellings of it.
    fn shortest(self) -> (i64, u8) {
        let (mut digits, mut scale) = (self.digits, self.scale.places());
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        (digits, scale)
    }
}

/// The 19th digit was met; `rest` decides whether this is a number at all.
fn too_many(rest: &[u8]) -> DecimalError {
    if rest.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        DecimalError::TooManyDigits
    } else {
        DecimalError::NotANumber
    }
}

/// The exponent behind `e`, cut off far beyond what any decimal could use.
fn exponent(text: &[u8]) -> Result<i32, DecimalError> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() {
        return Err(DecimalError::NotANumber);
    }
    let mut value = 0i32;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return Err(DecimalError::NotANumber);
        }
        value = (value * 10 + i32::from(byte - b'0')).min(10_000);
    }
    Ok(if negative { -value } else { value })
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_bytes(text.as_bytes())
    }
}

impl From<i32> for Decimal {
    fn from(number: i32) -> Self {
        Self { digits: i64::from(number), scale: Scale::S0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale.places());
        let magnitude = self.digits.unsigned_abs();
        if scale == 0 {
            return f.pad_integral(self.digits >= 0, "", &magnitude.to_string());
        }
        let digits = format!("{magnitude:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        f.pad_integral(self.digits >= 0, "", &format!("{whole}.{fraction}"))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.digits.cmp(&other.digits);
        }
        // 18 digits and 12 more places fit 128 bits.
        let widen = |of: &Self, to: u8| i128::from(of.digits) * i128::from(POWERS[usize::from(to - of.scale.places())]);
        let places = self.scale.max(other.scale).places();
        widen(self, places).cmp(&widen(other, places))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shortest().hash(state);
    }
}

#[cfg(test)]
mod tests;
