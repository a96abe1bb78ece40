//! Identifiers: opaque texts, told apart by what they name.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use thiserror::Error;

/// A master resource identifier of one kind of object.
///
/// In the standard an mRID is a string; a UUID is recommended and not demanded, so any text of 1
/// to 255 characters without control characters is one. The kind is part of the type: a meter's
/// id cannot be given where a usage point's is asked for.
///
/// ```
/// use metering_model::MeterId;
///
/// let meter: MeterId = "1234LG".parse()?;
/// assert_eq!(meter.as_str(), "1234LG");
/// assert!("".parse::<MeterId>().is_err());
/// # Ok::<(), metering_model::MridError>(())
/// ```
pub struct Mrid<K> {
    text: Box<str>,
    kind: PhantomData<fn() -> K>,
}

/// Why a text is no [`Mrid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MridError {
    /// No character at all.
    #[error("an id has at least one character")]
    Empty,
    /// More than 255 characters.
    #[error("an id has at most 255 characters")]
    TooLong,
    /// A control character or one that changes the direction of the text around it.
    #[error("an id has no control characters")]
    ControlCharacter,
}

impl<K> Mrid<K> {
    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Checks `text` without keeping it.
    ///
    /// # Errors
    /// As for parsing.
    pub fn check(text: &str) -> Result<(), MridError> {
        if text.is_empty() {
            return Err(MridError::Empty);
        }
        if text.len() > 255 && text.chars().count() > 255 {
            return Err(MridError::TooLong);
        }
        if text.chars().any(is_control) {
            return Err(MridError::ControlCharacter);
        }
        Ok(())
    }

    /// The same text as the id of another kind: a meter is an end device.
    #[must_use]
    pub fn cast<L>(self) -> Mrid<L> {
        Mrid { text: self.text, kind: PhantomData }
    }
}

/// Whether `character` controls what is around it instead of being shown.
pub(crate) fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `text` has a character that controls what is around it instead of being shown: control
/// characters, and those that change the direction of the text.
///
/// ```
/// assert!(metering_model::has_control_characters("a\0b"));
/// assert!(!metering_model::has_control_characters("Zähler 7"));
/// ```
#[must_use]
pub fn has_control_characters(text: &str) -> bool {
    text.chars().any(is_control)
}

impl<K> FromStr for Mrid<K> {
    type Err = MridError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::check(text)?;
        Ok(Self { text: text.into(), kind: PhantomData })
    }
}

impl<K> TryFrom<String> for Mrid<K> {
    type Error = MridError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::check(&text)?;
        Ok(Self { text: text.into_boxed_str(), kind: PhantomData })
    }
}

// Written by hand: a derive would ask the same of the kind, which is only a name.
impl<K> Clone for Mrid<K> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), kind: PhantomData }
    }
}
impl<K> PartialEq for Mrid<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl<K> Eq for Mrid<K> {}
impl<K> PartialOrd for Mrid<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Mrid<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
impl<K> Hash for Mrid<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
impl<K> Borrow<str> for Mrid<K> {
    fn borrow(&self) -> &str {
        &self.text
    }
}
impl<K> AsRef<str> for Mrid<K> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
impl<K> fmt::Display for Mrid<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
impl<K> fmt::Debug for Mrid<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
#[cfg(feature = "serde")]
impl<K> serde::Serialize for Mrid<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
#[cfg(feature = "serde")]
impl<'de, K> serde::Deserialize<'de> for Mrid<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

/// What the kinds of ids name; none has a value.
pub mod kind {
    /// A device at the end of the network that communicates; a meter is one.
    #[derive(Debug)]
    pub enum EndDevice {}
    /// An end device that measures.
    #[derive(Debug)]
    pub enum Meter {}
    /// A point where energy is delivered or taken, whichever meter serves it.
    #[derive(Debug)]
    pub enum UsagePoint {}
    /// A communication module.
    #[derive(Debug)]
    pub enum ComModule {}
    /// A command to end devices.
    #[derive(Debug)]
    pub enum EndDeviceControl {}
    /// Something an end device reported.
    #[derive(Debug)]
    pub enum EndDeviceEvent {}
    /// An object of any of the four configurations.
    #[derive(Debug)]
    pub enum Configured {}
}

/// The id of an end device.
pub type EndDeviceId = Mrid<kind::EndDevice>;
/// The id of a meter; every meter is an end device ([`Mrid::cast`]).
pub type MeterId = Mrid<kind::Meter>;
/// The id of a usage point.
pub type UsagePointId = Mrid<kind::UsagePoint>;
/// The id of a communication module.
pub type ComModuleId = Mrid<kind::ComModule>;
/// The id of an end device control.
pub type EndDeviceControlId = Mrid<kind::EndDeviceControl>;
/// The id of an end device event.
pub type EndDeviceEventId = Mrid<kind::EndDeviceEvent>;
/// The id of an object of any configuration.
pub type ConfiguredId = Mrid<kind::Configured>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_any_short_visible_text() {
        for text in ["1234LG", "3dc53ee5-777e-50b4-8699-a1c224d493d", "Zähler 7", "'; DROP TABLE meters --", "../x"] {
            assert_eq!(text.parse::<MeterId>().unwrap().as_str(), text);
        }
        assert_eq!("ä".repeat(255).parse::<MeterId>().map(|_| ()), Ok(()));
        assert_eq!("a".repeat(256).parse::<MeterId>(), Err(MridError::TooLong));
        for text in ["a\0", "a\nb", "\u{202e}abc"] {
            assert_eq!(text.parse::<MeterId>(), Err(MridError::ControlCharacter));
        }
    }
}
