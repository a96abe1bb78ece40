//! How the text of one setting becomes its value.

use std::net::SocketAddr;
use std::path::PathBuf;

use metering_transport::{Context, Namespaces, ReplyAddress};
use secrecy::SecretString;

/// A kind of value that a setting can have.
pub(crate) trait Value: Sized {
    /// Reads it; `Err` says what would be right, without repeating the text.
    fn read(text: &str) -> Result<Self, String>;
}

/// A number of bytes, written plainly or with `KiB`, `MiB` or `GiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bytes(pub(crate) u64);

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What happens with meters, usage points and devices that nobody configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unconfigured {
    /// They are accepted as provisional, up to a ceiling.
    Accept,
    /// What names them is rejected.
    Refuse,
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => { $(
        impl Value for $kind {
            fn read(text: &str) -> Result<Self, String> {
                text.parse().map_err(|_| format!("a whole number from {} to {}", <$kind>::MIN, <$kind>::MAX))
            }
        }
    )* };
}

whole_numbers!(u32, u64, usize);

impl Value for bool {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("true or false".to_owned()),
        }
    }
}

impl Value for String {
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl Value for Namespaces {
    fn read(text: &str) -> Result<Self, String> {
        Self::new(text.split_ascii_whitespace()).map_err(|error| format!("namespaces with blanks between ({error})"))
    }
}

impl Value for Vec<Context> {
    fn read(text: &str) -> Result<Self, String> {
        let contexts: Self = text.split_ascii_whitespace().map(Context::of).collect();
        if contexts.is_empty() { Err("words such as PRODUCTION, with blanks between".to_owned()) } else { Ok(contexts) }
    }
}

impl Value for Vec<ReplyAddress> {
    fn read(text: &str) -> Result<Self, String> {
        let addresses: Result<Self, _> = text.split_ascii_whitespace().map(str::parse).collect();
        addresses.map_err(|error| error.to_string())
    }
}

impl Value for PathBuf {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("a path".to_owned()) } else { Ok(Self::from(text)) }
    }
}

impl Value for SecretString {
    fn read(text: &str) -> Result<Self, String> {
        Ok(Self::from(text))
    }
}

impl Value for SocketAddr {
    fn read(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
        text.parse().map_err(|_| "an IP address and a port".to_owned())
    }
}

/// An empty text is "none".
impl<T: Value> Value for Option<T> {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Ok(None) } else { T::read(text).map(Some) }
    }
}

impl Value for Bytes {
    fn read(text: &str) -> Result<Self, String> {
        let wrong = || "a number of bytes, plainly or with KiB, MiB or GiB behind it".to_owned();
        let (digits, shift) = [("KiB", 10), ("MiB", 20), ("GiB", 30)]
            .into_iter()
            .find_map(|(unit, shift)| text.strip_suffix(unit).map(|digits| (digits.trim_end(), shift)))
            .unwrap_or((text, 0));
        let number: u64 = digits.parse().map_err(|_| wrong())?;
        number.checked_mul(1 << shift).map(Self).ok_or_else(wrong)
    }
}

impl Value for LogFormat {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("text or json".to_owned()),
        }
    }
}

impl Value for Unconfigured {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "accept" => Ok(Self::Accept),
            "refuse" => Ok(Self::Refuse),
            _ => Err("accept or refuse".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_plain_or_in_binary_units() {
        assert_eq!(Bytes::read("1024"), Ok(Bytes(1024)));
        assert_eq!(Bytes::read("64MiB"), Ok(Bytes(64 << 20)));
        assert_eq!(Bytes::read("2 GiB"), Ok(Bytes(2 << 30)));
        for wrong in ["", "64MB", "MiB", "-1", "99999999999GiB"] {
            assert!(Bytes::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn localhost_is_the_loopback_address() {
        assert_eq!(SocketAddr::read("localhost:0").unwrap().to_string(), "127.0.0.1:0");
        assert_eq!(SocketAddr::read("[::1]:8443").unwrap().to_string(), "[::1]:8443");
        assert!(SocketAddr::read("8443").is_err());
    }

    #[test]
    fn an_empty_text_is_none_where_none_is_allowed() {
        assert_eq!(Option::<u32>::read(""), Ok(None));
        assert!(u32::read("").is_err());
    }
}
