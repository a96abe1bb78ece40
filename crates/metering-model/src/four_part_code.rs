//! What event and control codes share: four numbers, separated by points.

use thiserror::Error;

use crate::Excerpt;

/// Why a text is no event or control type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the code has four numbers separated by points, such as 3.31.0.23, not `{0}`")]
pub struct FourPartCodeError(pub(crate) String);

/// The four numbers of `text`, if that is what it is.
pub(crate) fn parse(text: &str) -> Result<[u16; 4], FourPartCodeError> {
    let mut numbers = [0u16; 4];
    let mut parts = text.split('.');
    for number in &mut numbers {
        let part = parts.next().unwrap_or_default();
        let plain = !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'));
        *number =
            plain.then(|| part.parse().ok()).flatten().ok_or_else(|| FourPartCodeError(Excerpt(text).to_string()))?;
    }
    match parts.next() {
        None => Ok(numbers),
        Some(_) => Err(FourPartCodeError(Excerpt(text).to_string())),
    }
}

macro_rules! four_part_code {
    ($(#[$about:meta])* pub struct $Code:ident;) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Code {
            /// Part 1: the type of device; 0 where it is not known.
            pub device_type: u16,
            /// Part 2.
            pub domain: u16,
            /// Part 3.
            pub sub_domain: u16,
            /// Part 4.
            pub event_or_action: u16,
        }

        impl $Code {
            /// The code of four numbers.
            #[must_use]
            pub const fn new(device_type: u16, domain: u16, sub_domain: u16, event_or_action: u16) -> Self {
                Self { device_type, domain, sub_domain, event_or_action }
            }

            /// Whether both say the same, the type of device aside.
            #[must_use]
            pub fn means_the_same_as(self, other: Self) -> bool {
                (self.domain, self.sub_domain, self.event_or_action)
                    == (other.domain, other.sub_domain, other.event_or_action)
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
                let [device_type, domain, sub_domain, event_or_action] = crate::four_part_code::parse(text)?;
                Ok(Self::new(device_type, domain, sub_domain, event_or_action))
            }
        }
    };
}

pub(crate) use four_part_code;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::EndDeviceEventType;

    proptest! {
        #[test]
        fn any_four_numbers_come_back(numbers: [u16; 4]) {
            let [device_type, domain, sub_domain, event_or_action] = numbers;
            let code = EndDeviceEventType::new(device_type, domain, sub_domain, event_or_action);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
    }

    #[test]
    fn printing_and_parsing_are_inverse() {
        for text in ["3.26.0.85", "0.0.0.0", "65535.1.2.3"] {
            assert_eq!(text.parse::<EndDeviceEventType>().unwrap().to_string(), text);
        }
        for text in ["", "3.26.0", "3.26.0.85.1", "3.26..85", "3.26.0.-1", "03.26.0.85", "3.26.0.65536"] {
            assert!(text.parse::<EndDeviceEventType>().is_err(), "{text:?}");
        }
    }
}
