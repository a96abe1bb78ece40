//! Cursors: a place in a list, as a text that the caller hands back unread.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// The longest text that is looked at.
const LONGEST: usize = 4_096;

/// A place in a list, where the next page begins. The text is not for reading; it fits into a URL
/// as it is.
///
/// ```
/// use metering_persistence::Cursor;
///
/// let sent_back = Cursor::from("AAAA".to_owned());
/// assert_eq!(sent_back.to_string(), "AAAA");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor of `place` in the list called `list`.
    pub(crate) fn new<T: Serialize>(list: &str, place: &T) -> Result<Self> {
        let mut bytes = serde_json::to_vec(place).map_err(Error::failed)?;
        let check = checksum(list, &bytes);
        bytes.extend_from_slice(&check);
        Ok(Self(BASE64URL_NOPAD.encode(&bytes)))
    }

    /// The place, if this is a cursor of the list called `list`.
    ///
    /// The checksum tells a text cut short and a cursor of another list; it is no secret. Whoever
    /// makes one up gets another place in what they may see anyway.
    ///
    /// # Errors
    /// [`Error::BadCursor`].
    pub(crate) fn read<T: DeserializeOwned>(&self, list: &str) -> Result<T> {
        if self.0.len() > LONGEST {
            return Err(Error::BadCursor);
        }
        let bytes = BASE64URL_NOPAD.decode(self.0.as_bytes()).map_err(|_| Error::BadCursor)?;
        let (place, check) = bytes.split_last_chunk::<4>().ok_or(Error::BadCursor)?;
        if *check != checksum(list, place) {
            return Err(Error::BadCursor);
        }
        serde_json::from_slice(place).map_err(|_| Error::BadCursor)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Cursor {
    /// What a caller sent back; whether it is a cursor shows when it is used.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn checksum(list: &str, place: &[u8]) -> [u8; 4] {
    let mut sum = crc32fast::Hasher::new();
    sum.update(list.as_bytes());
    sum.update(b"\0");
    sum.update(place);
    sum.finalize().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_by_its_own_list_alone() {
        let read = |list: &str, text: &str| Cursor::from(text.to_owned()).read::<(i64, String)>(list);
        let cursor = Cursor::new("readings", &(7, "meter")).unwrap().to_string();
        assert_eq!(read("readings", &cursor).unwrap(), (7, "meter".to_owned()));
        for text in ["", "x", "!!", &cursor[1..], &cursor[..cursor.len() - 1], &"A".repeat(5_000)] {
            assert!(matches!(read("readings", text), Err(Error::BadCursor)), "{text}");
        }
        assert!(matches!(read("events", &cursor), Err(Error::BadCursor)));
    }
}
