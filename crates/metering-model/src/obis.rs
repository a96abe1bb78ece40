//! OBIS codes of IEC 62056-61, as meters and head-ends name their registers, to and from reading
//! types.
//!
//! An OBIS code has six groups, written `A-B:C.D.E*F`: the medium, the channel, the quantity, how it
//! is processed, the tariff, and the billing period. [`Obis::reading_type`] and [`Obis::of`] are one
//! table read both ways.
//!
//! **The table is our reading.** Neither standard maps the codes of the other, and we know of no
//! published mapping to hold it against; it covers the electricity codes in everyday use, and what it
//! does not have is an error that says why. [`Obis::mapped`] lists it. The interpretations in it:
//!
//! - Reactive values go by quadrants: group C 3 is Q1+Q2, 4 is Q3+Q4. A reactive `forward` has no
//!   code, because senders mean Q1+Q2 or Q1+Q4 by it.
//! - The voltages of L1 to L3 are those to the neutral (AN, BN, CN). Energies, powers, currents and
//!   power factors of one line have the phase alone (A, B, C), whole-meter values no phase.
//! - Group D 6, the maximum, is the highest demand of the billing period; 5 the mean over the last
//!   demand interval, 4 over the running one, 27 and 29 belong to the load profile.
//! - Group E is the tariff register of energies and demands. Where it would be a harmonic there is no
//!   reading type.
//! - Group F 0 to 99 is the value at the close of that billing period; 255, or no group F, is the
//!   value as it is.
//! - The channel (group B) is no part of a reading type; only 0 to 64 are channels.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::Excerpt;

mod mapping;
mod table;
#[cfg(test)]
mod tests;

pub use mapping::{NoObis, NoReadingType, ObisContext};

/// An OBIS code: what one register of a meter holds.
///
/// The groups A and B (together) and the group F may be left out, as head-ends do; which ones were
/// given is kept, so that printing and parsing are inverse and `1.8.0` is another value than
/// `1-0:1.8.0*255`. [`Obis::complete`] makes the two equal. Zeros in front (`1.8.0*03`) and the form
/// of six numbers with points between (`1.0.1.8.0.255`) are read, and printed in the way above.
///
/// ```
/// use metering_model::Obis;
///
/// let import: Obis = "1-0:1.8.0*255".parse()?;
/// assert_eq!(import, Obis::from([1, 0, 1, 8, 0, 255]));
/// assert_eq!("1.0.1.8.0.255".parse::<Obis>()?.to_string(), "1-0:1.8.0*255");
///
/// let reduced: Obis = "1.8.0".parse()?;
/// assert_eq!(reduced.to_string(), "1.8.0");
/// assert_eq!(reduced.complete(), import);
///
/// let error = "1-0:1.8.256".parse::<Obis>().unwrap_err();
/// assert_eq!(error.to_string(), "group E (the tariff) of an OBIS code is a number from 0 to 255, not `256`");
/// # Ok::<(), metering_model::obis::ObisError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Obis {
    medium_and_channel: Option<[u8; 2]>,
    quantity: u8,
    processing: u8,
    tariff: u8,
    billing_period: Option<u8>,
}

/// One of the six groups of an OBIS code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The medium: 1 is electricity.
    A,
    /// The channel, where one device measures several things.
    B,
    /// The quantity, such as active energy or the current of L1.
    C,
    /// How the quantity is processed: counted, at one moment, its maximum.
    D,
    /// The tariff; for some quantities the harmonic.
    E,
    /// The billing period; 255 where it has none.
    F,
}

impl Group {
    const fn meaning(self) -> &'static str {
        match self {
            Self::A => "the medium",
            Self::B => "the channel",
            Self::C => "the quantity",
            Self::D => "the processing",
            Self::E => "the tariff",
            Self::F => "the billing period",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "group {self:?} ({})", self.meaning())
    }
}

/// Why a text is no [`Obis`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ObisError {
    /// A group that must be there is not.
    #[error("{group} of the OBIS code `{text}` is missing; a code is such as 1-0:1.8.0*255 or 1.8.0")]
    Missing {
        /// Which group.
        group: Group,
        /// The text, or its beginning.
        text: String,
    },
    /// A group that is no number it can have.
    #[error("{group} of an OBIS code is a number from 0 to 255, not `{text}`")]
    NotANumber {
        /// Which group.
        group: Group,
        /// What stands there.
        text: String,
    },
    /// Numbers with points between, but neither three of them nor six.
    #[error("an OBIS code has three numbers separated by points (1.8.0), or six (1.0.1.8.0.255), not {0}")]
    Numbers(usize),
}

/// Group F of a code that is for no billing period.
const NO_BILLING_PERIOD: u8 = 255;

impl Obis {
    /// The code in full, `A-B:C.D.E*F`, with what a reduced code leaves to be understood: electricity
    /// (1), no channel (0), no billing period (255).
    #[must_use]
    pub const fn complete(self) -> Self {
        Self::full(self.groups())
    }

    /// The six groups in order, as DLMS logical names have them; those left out as in
    /// [`Obis::complete`].
    #[must_use]
    pub const fn groups(self) -> [u8; 6] {
        let [a, b] = match self.medium_and_channel {
            Some(given) => given,
            None => [1, 0],
        };
        let f = match self.billing_period {
            Some(given) => given,
            None => NO_BILLING_PERIOD,
        };
        [a, b, self.quantity, self.processing, self.tariff, f]
    }

    /// What stands in this group; `None` where it was left out.
    ///
    /// ```
    /// use metering_model::Obis;
    /// use metering_model::obis::Group;
    ///
    /// let reduced: Obis = "2.8.1".parse()?;
    /// assert_eq!((reduced.group(Group::A), reduced.group(Group::E)), (None, Some(1)));
    /// # Ok::<(), metering_model::obis::ObisError>(())
    /// ```
    #[must_use]
    pub const fn group(self, group: Group) -> Option<u8> {
        match (group, self.medium_and_channel) {
            (Group::A, Some([a, _])) => Some(a),
            (Group::B, Some([_, b])) => Some(b),
            (Group::A | Group::B, None) => None,
            (Group::C, _) => Some(self.quantity),
            (Group::D, _) => Some(self.processing),
            (Group::E, _) => Some(self.tariff),
            (Group::F, _) => self.billing_period,
        }
    }

    const fn full([a, b, quantity, processing, tariff, f]: [u8; 6]) -> Self {
        Self { medium_and_channel: Some([a, b]), quantity, processing, tariff, billing_period: Some(f) }
    }
}

/// All six groups, as DLMS logical names have them.
impl From<[u8; 6]> for Obis {
    fn from(groups: [u8; 6]) -> Self {
        Self::full(groups)
    }
}

impl fmt::Display for Obis {
    /// The groups that were given, none in front or behind of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some([a, b]) = self.medium_and_channel {
            write!(f, "{a}-{b}:")?;
        }
        write!(f, "{}.{}.{}", self.quantity, self.processing, self.tariff)?;
        self.billing_period.map_or(Ok(()), |period| write!(f, "*{period}"))
    }
}

impl FromStr for Obis {
    type Err = ObisError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let missing = |group| ObisError::Missing { group, text: Excerpt(text).to_string() };
        let (medium_and_channel, rest) = match text.split_once(':') {
            Some((before, rest)) => {
                let (a, b) = before.split_once('-').ok_or_else(|| missing(Group::B))?;
                (Some([number(Group::A, a)?, number(Group::B, b)?]), rest)
            }
            None if text.contains('-') => return Err(missing(Group::C)),
            None => (None, text),
        };
        let (rest, billing_period) = match rest.split_once('*') {
            Some((rest, f)) => (rest, Some(number(Group::F, f)?)),
            None => (rest, None),
        };
        let numbers: Vec<_> = rest.split('.').take(7).collect();
        match *numbers.as_slice() {
            [quantity, processing, tariff] => Ok(Self {
                medium_and_channel,
                quantity: number(Group::C, quantity)?,
                processing: number(Group::D, processing)?,
                tariff: number(Group::E, tariff)?,
                billing_period,
            }),
            [a, b, c, d, e, f] if medium_and_channel.is_none() && billing_period.is_none() => Ok(Self::full([
                number(Group::A, a)?,
                number(Group::B, b)?,
                number(Group::C, c)?,
                number(Group::D, d)?,
                number(Group::E, e)?,
                number(Group::F, f)?,
            ])),
            [] | [""] => Err(missing(Group::C)),
            [_] => Err(missing(Group::D)),
            [_, _] => Err(missing(Group::E)),
            _ => Err(ObisError::Numbers(rest.split('.').count())),
        }
    }
}

/// A group: one to three digits.
fn number(group: Group, text: &str) -> Result<u8, ObisError> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { text.parse().ok() } else { None };
    number.ok_or_else(|| ObisError::NotANumber { group, text: Excerpt(text).to_string() })
}
