//! What a text of a message means, whichever notation it stood in. A text that means nothing is
//! told at the place it is given with.

use std::str::FromStr;

use metering_model::{Decimal, DecimalError, Excerpt, FourPartCodeError, Mrid, MridError, TimeStamp, TimeStampError};
use metering_model::{Violation, ViolationCode};

use crate::items::At;

/// An id.
pub(crate) fn id<K>(spelled: &str, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Mrid<K>> {
    match spelled.parse() {
        Ok(id) => Some(id),
        Err(error) => {
            let error: MridError = error;
            violations.push(at.violation(name, ViolationCode::InvalidId, error.to_string()));
            None
        }
    }
}

/// An instant, with an offset.
pub(crate) fn time(spelled: &str, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<TimeStamp> {
    match spelled.parse() {
        Ok(instant) => Some(instant),
        Err(error) => {
            violations.push(no_time(spelled, error, at, name));
            None
        }
    }
}

/// That a text is no instant.
pub(crate) fn no_time(spelled: &str, error: TimeStampError, at: At<'_>, name: &str) -> Violation {
    at.violation(name, ViolationCode::InvalidTime, format!("`{}`: {error}", Excerpt(spelled)))
}

/// That a text is no decimal.
pub(crate) fn no_decimal(spelled: &str, error: DecimalError, at: At<'_>, name: &str) -> Violation {
    at.violation(name, code_of(error), format!("`{}`: {error}; nothing is rounded", Excerpt(spelled)))
}

/// The rule that a text breaks which is no decimal.
pub(crate) fn code_of(error: DecimalError) -> ViolationCode {
    match error {
        DecimalError::TooManyDigits => ViolationCode::TooManyDigits,
        DecimalError::TooManyPlaces => ViolationCode::TooManyPlaces,
        _ => ViolationCode::InvalidNumber,
    }
}

/// An exact decimal.
pub(crate) fn decimal(spelled: &str, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Decimal> {
    match Decimal::from_bytes(spelled.as_bytes()) {
        Ok(number) => Some(number),
        Err(error) => {
            violations.push(no_decimal(spelled, error, at, name));
            None
        }
    }
}

/// A code of four numbers.
pub(crate) fn code<T: FromStr<Err = FourPartCodeError>>(
    spelled: &str,
    at: At<'_>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<T> {
    match spelled.parse() {
        Ok(code) => Some(code),
        Err(error) => {
            violations.push(at.violation(name, ViolationCode::InvalidCode, error.to_string()));
            None
        }
    }
}
