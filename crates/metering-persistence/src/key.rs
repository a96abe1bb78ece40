//! The server's one secret, and what is derived from it.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

/// The 32 bytes that everything secret of a server is derived from.
///
/// Who has it can read the database file and make tokens; it is kept in a file of mode 0600 or
/// comes from a secret store, and is never printed.
///
/// ```
/// use metering_persistence::ServerKey;
///
/// let key: ServerKey = "07".repeat(32).parse()?;
/// assert_eq!(format!("{key:?}"), "[secret]");
/// assert_ne!(key.derive("tokens"), key.derive("audit"));
/// # Ok::<(), metering_persistence::ServerKeyError>(())
/// ```
#[derive(Clone)]
pub struct ServerKey([u8; 32]);

/// Why a text is no [`ServerKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a server key is 64 hexadecimal digits")]
pub struct ServerKeyError;

impl ServerKey {
    /// The key of these bytes, which must come from a good source of randomness.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key as 64 hexadecimal digits, for the key file and nothing else.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// The key for one purpose, by HMAC-SHA256 over its name: who learns one of them learns
    /// neither the server key nor another.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        authenticate(&self.0, &[purpose.as_bytes()])
    }
}

impl FromStr for ServerKey {
    type Err = ServerKeyError;

    /// Reads 64 hexadecimal digits; white space around them is no matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 64 {
            return Err(ServerKeyError);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |digit: &u8| char::from(*digit).to_digit(16).ok_or(ServerKeyError);
            let value = pair.iter().try_fold(0, |value, next| Ok(value * 16 + digit(next)?))?;
            *byte = u8::try_from(value).map_err(|_| ServerKeyError)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// The keys of this crate, each for one purpose.
#[derive(Clone)]
pub(crate) struct Keys {
    /// Opens the database file.
    pub(crate) sqlite: [u8; 32],
    /// What API keys are stored under.
    pub(crate) api_keys: [u8; 32],
    /// What the audit log is chained with.
    pub(crate) audit: [u8; 32],
}

impl Keys {
    pub(crate) fn of(key: &ServerKey) -> Self {
        Self { sqlite: key.derive("sqlite"), api_keys: key.derive("api keys"), audit: key.derive("audit") }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// HMAC-SHA256 over `parts`, one after the other.
pub(crate) fn authenticate(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a key up to its block with zeros.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// `bytes` in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let key = ServerKey::new(std::array::from_fn(|at| at as u8));
        assert_eq!(format!("{}\n", key.to_hex()).parse::<ServerKey>().unwrap().0, key.0);
        for text in ["", "00", &"g".repeat(64), &"0".repeat(65), &"ä".repeat(32)] {
            assert_eq!(text.parse::<ServerKey>().map(|_| ()), Err(ServerKeyError), "{text}");
        }
    }

    #[test]
    fn hmac_agrees_with_a_published_case() {
        // RFC 4231, case 2, with the key padded by zeros as HMAC does itself.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        assert_eq!(
            hex(&authenticate(&key, &[b"what do ya want ", b"for nothing?"])),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
