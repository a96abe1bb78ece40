//! What the server did with a request that writes.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::{TimeStamp, Violation};

/// The SHA-256 of a request's body, inflated.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sha256(pub [u8; 32]);

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a text is no [`Sha256`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a SHA-256 is written with 64 hexadecimal digits")]
pub struct Sha256Error;

impl FromStr for Sha256 {
    type Err = Sha256Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn digit(byte: u8) -> Option<u8> {
            char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok())
        }
        let mut bytes = [0; 32];
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(Sha256Error) };
        if pairs.len() != bytes.len() {
            return Err(Sha256Error);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high).ok_or(Sha256Error)? << 4 | digit(*low).ok_or(Sha256Error)?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How many items of a request met which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Counts {
    /// All items.
    pub received: u32,
    /// Stored as new.
    pub inserted: u32,
    /// Known already, with the same content.
    pub unchanged: u32,
    /// Stored in the place of another value, which stays readable.
    pub superseded: u32,
    /// Kept beside a value that stands.
    pub kept: u32,
    /// Broke a rule; not stored.
    pub rejected: u32,
}

impl Counts {
    /// Whether anything was written.
    #[must_use]
    pub fn changed_something(&self) -> bool {
        self.inserted + self.superseded + self.kept > 0
    }
}

/// The answer to a request that writes, the same for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct Receipt {
    /// The server's id of the request, a UUID.
    pub id: String,
    /// The name of the message's list (`readings`); empty where one object stood alone.
    pub list: String,
    /// Over the body.
    pub sha256: Sha256,
    /// When the request arrived.
    pub received_at: TimeStamp,
    /// When what it wrote counts as recorded: `asOf` this instant shows it, and `recordedAfter` it only what
    /// came later.
    pub recorded_at: TimeStamp,
    /// What became of its items.
    pub counts: Counts,
    /// Why items were rejected, in the order of the items.
    pub errors: Vec<Violation>,
    /// What was stored all the same but deserves a look.
    pub warnings: Vec<Violation>,
}
