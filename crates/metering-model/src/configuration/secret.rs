//! What is written and never read back.

use std::fmt;

use super::class::Texts;

/// A password or an install code. It is stored and used, and nobody reads it back: no notation
/// writes it and `Debug` hides it.
///
/// Under the feature `serde` it is written in the clear, for that is how it is stored.
///
/// ```
/// use metering_model::Secret;
///
/// assert_eq!(format!("{:?}", Secret::new("83FED3407A939723")), "Secret(..)");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Secret(String);

impl Secret {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for whoever sends it to a device.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Takes the stored secret where none is given: what cannot be read cannot be sent back.
    pub(crate) fn keep(given: &mut Option<Self>, stored: &Option<Self>) {
        if given.is_none() {
            given.clone_from(stored);
        }
    }
}

impl Texts for Secret {
    fn texts(&self, at: &str, visit: &mut dyn FnMut(&str, &str)) {
        visit(at, &self.0);
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
