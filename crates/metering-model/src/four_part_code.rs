//! What event and control codes share: four parts, separated by points.
//!
//! - [`DeviceType`], [`Domain`], [`SubDomain`], [`EventOrAction`]: the list of each part, with the
//!   names of the standard. Both kinds of code use the same four lists.
//! - [`WellKnownCode`]: a row of the lists of whole codes.

use thiserror::Error;

use crate::Excerpt;

mod device_type;
mod domain;
mod event_or_action;
pub(crate) mod explanation;
mod part_list;
mod sub_domain;
#[cfg(test)]
mod tests;
pub(crate) mod well_known;

pub use device_type::DeviceType;
pub use domain::Domain;
pub use event_or_action::EventOrAction;
pub use sub_domain::SubDomain;
pub use well_known::WellKnownCode;

/// The names of the four parts, in order.
pub const PART_NAMES: [&str; 4] = ["type", "domain", "subDomain", "eventOrAction"];

/// Why a text is no event or control type. Parts are counted from 1, as the standard does.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FourPartCodeError {
    /// Not four parts.
    #[error("the {kind} has 4 parts separated by points, such as {example}, this one has {parts}")]
    Parts {
        /// `event type` or `control type`.
        kind: &'static str,
        /// A code of that kind.
        example: &'static str,
        /// How many parts there are.
        parts: usize,
    },
    /// A part that is no number from 0 to 65535 in its one spelling.
    #[error("part {part} of the {kind} ({name}) must be a number from 0 to 65535{spelling}, not `{text}`",
        name = PART_NAMES.get(part.wrapping_sub(1)).unwrap_or(&"unknown"), spelling = spelling(text))]
    Part {
        /// `event type` or `control type`.
        kind: &'static str,
        /// Which part, from 1.
        part: usize,
        /// What stands there.
        text: String,
    },
}

/// What else a part must be, where only that is wrong.
pub(crate) fn spelling(text: &str) -> &'static str {
    if text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) { " without zeros in front" } else { "" }
}

/// The number that `text` is, in its one spelling.
pub(crate) fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

/// The four numbers of `text`, if that is what it is.
pub(crate) fn parse(
    text: &str,
    kind: &'static str,
    example: &'static str,
) -> Result<(u16, u16, u16, u16), FourPartCodeError> {
    let mut parts = text.split('.');
    let (Some(device_type), Some(domain), Some(sub_domain), Some(event_or_action), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(FourPartCodeError::Parts { kind, example, parts: text.split('.').count() });
    };
    let read = |part, text| {
        number(text).ok_or_else(|| FourPartCodeError::Part { kind, part, text: Excerpt(text).to_string() })
    };
    Ok((read(1, device_type)?, read(2, domain)?, read(3, sub_domain)?, read(4, event_or_action)?))
}

macro_rules! four_part_code {
    ($(#[$about:meta])* pub struct $Code:ident; kind: $kind:literal, example: $example:literal, well_known: $TABLE:path) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Code {
            /// Part 1: the type of device; 0 where it is not known.
            pub device_type: crate::four_part_code::DeviceType,
            /// Part 2: the part of the device that is concerned.
            pub domain: crate::four_part_code::Domain,
            /// Part 3: what within the domain; 0 where nothing more is said.
            pub sub_domain: crate::four_part_code::SubDomain,
            /// Part 4: what happened, or what is to be done.
            pub event_or_action: crate::four_part_code::EventOrAction,
        }

        impl $Code {
            /// The code of four numbers, listed or not.
            #[must_use]
            pub const fn new(device_type: u16, domain: u16, sub_domain: u16, event_or_action: u16) -> Self {
                Self {
                    device_type: crate::four_part_code::DeviceType::from_code(device_type),
                    domain: crate::four_part_code::Domain::from_code(domain),
                    sub_domain: crate::four_part_code::SubDomain::from_code(sub_domain),
                    event_or_action: crate::four_part_code::EventOrAction::from_code(event_or_action),
                }
            }

            /// The four numbers, in order.
            #[must_use]
            pub const fn codes(self) -> [u16; 4] {
                [self.device_type.code(), self.domain.code(), self.sub_domain.code(), self.event_or_action.code()]
            }

            /// Whether domain, subdomain and event or action are the same, **whatever the types of
            /// device are**, known or not.
            ///
            /// Use [`matches`](Self::matches) where a gas meter's code is not to pass for an electric meter's.
            #[must_use]
            pub fn means_the_same_as(self, other: Self) -> bool {
                (self.domain, self.sub_domain, self.event_or_action)
                    == (other.domain, other.sub_domain, other.event_or_action)
            }

            /// Whether the two can be one and the same: domain, subdomain and event or action are the
            /// same, and the types of device are the same **or one of them, on either side, is 0**
            /// (not known).
            ///
            /// A 0 in another part stands for itself. With 0 between them, two codes that do not
            /// match each other can both match a third, so this is no equality.
            #[must_use]
            pub fn matches(self, other: Self) -> bool {
                let unknown = crate::four_part_code::DeviceType::UNKNOWN;
                let may_be = self.device_type == other.device_type
                    || self.device_type == unknown
                    || other.device_type == unknown;
                may_be && self.means_the_same_as(other)
            }

            /// The whole codes that are well known, by domain, subdomain and event or action.
            pub fn well_known() -> impl ExactSizeIterator<Item = crate::four_part_code::WellKnownCode<Self>> {
                $TABLE.iter().map(Self::of_row)
            }

            /// The well-known code that this is: one of its own type of device before one of any
            /// type; where the type is 0, one of whatever type. `None` for any other combination.
            #[must_use]
            pub fn listed(self) -> Option<crate::four_part_code::WellKnownCode<Self>> {
                let [device_type, last_parts @ ..] = self.codes();
                crate::four_part_code::well_known::find($TABLE, device_type, last_parts).map(Self::of_row)
            }

            /// What it says, in our words, where the whole code is [well known](Self::listed).
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                self.listed().map(|row| row.name)
            }

            /// The well-known code of this [name](Self::name); of those that share it the one for
            /// any type of device, with device type 0.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                $TABLE.iter().find(|row| row.name == name).map(|row| Self::of_row(row).code)
            }

            fn of_row(row: &'static crate::four_part_code::well_known::Row) -> crate::four_part_code::WellKnownCode<Self> {
                let [domain, sub_domain, event_or_action] = row.last_parts;
                crate::four_part_code::WellKnownCode {
                    code: Self::new(row.device_type.unwrap_or_default(), domain, sub_domain, event_or_action),
                    any_device_type: row.device_type.is_none(),
                    name: row.name,
                    confirmed: row.confirmed,
                }
            }

            /// The numbers (from 1) of the parts whose code no list here has.
            pub fn unlisted_parts(self) -> impl Iterator<Item = usize> {
                [
                    (1, self.device_type.is_listed()),
                    (2, self.domain.is_listed()),
                    (3, self.sub_domain.is_listed()),
                    (4, self.event_or_action.is_listed()),
                ]
                .into_iter()
                .filter_map(|(part, listed)| (!listed).then_some(part))
            }

            /// The code by the names of the standard, with points between them; a part that is
            /// not listed stays its number.
            pub fn standard_name(self) -> impl std::fmt::Display {
                let Self { device_type, domain, sub_domain, event_or_action } = self;
                crate::four_part_code::explanation::standard_name(device_type, domain, sub_domain, event_or_action)
            }

            /// The code that has this [name in the standard](Self::standard_name): four names, or
            /// numbers in their place; a `*` in the first is device type 0.
            #[must_use]
            pub fn from_standard_name(name: &str) -> Option<Self> {
                let mut names = name.split('.');
                let (Some(device_type), Some(domain), Some(sub_domain), Some(event_or_action), None) =
                    (names.next(), names.next(), names.next(), names.next(), names.next())
                else {
                    return None;
                };
                macro_rules! part {
                    ($Part:ident, $name:expr) => {{
                        use crate::four_part_code::{$Part, number};
                        $Part::from_standard_name($name).or_else(|| number($name).map($Part::from_code))?
                    }};
                }
                Some(Self {
                    device_type: part!(DeviceType, if device_type == "*" { "0" } else { device_type }),
                    domain: part!(Domain, domain),
                    sub_domain: part!(SubDomain, sub_domain),
                    event_or_action: part!(EventOrAction, event_or_action),
                })
            }

            /// The code in words for a person: its [name](Self::name) where the whole is well known,
            /// else its parts; a part that no list has is told as such. The type of device comes
            /// first, where it is known.
            pub fn explain(self) -> impl std::fmt::Display {
                let Self { device_type, domain, sub_domain, event_or_action } = self;
                crate::four_part_code::explanation::explain(
                    device_type,
                    self.name(),
                    [
                        ("domain", domain.name(), domain.code()),
                        ("subdomain", sub_domain.name(), sub_domain.code()),
                        ($kind, event_or_action.name(), event_or_action.code()),
                    ],
                )
            }
        }


        impl std::fmt::Display for $Code {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let Self { device_type, domain, sub_domain, event_or_action } = self;
                write!(f, "{device_type}.{domain}.{sub_domain}.{event_or_action}")
            }
        }

        impl std::str::FromStr for $Code {
            type Err = crate::FourPartCodeError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let (device_type, domain, sub_domain, event_or_action) =
                    crate::four_part_code::parse(text, concat!($kind, " type"), $example)?;
                Ok(Self::new(device_type, domain, sub_domain, event_or_action))
            }
        }
    };
}

pub(crate) use four_part_code;
