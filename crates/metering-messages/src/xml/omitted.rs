//! What a message of the standard has no place for.

use std::collections::BTreeSet;
use std::fmt;

/// The fields that were left out because a message of Edition 2 has no place for them, by their
/// names in the API; printed with commas between, as a header has them.
///
/// ```
/// use metering_messages::xml::Omitted;
///
/// let omitted: Omitted = ["priority", "controlUnit", "priority"].into_iter().collect();
/// assert_eq!(omitted.to_string(), "controlUnit, priority");
/// ```
#[must_use = "the receiver should be told what is missing"]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Omitted(BTreeSet<&'static str>);

impl Omitted {
    /// The names, each once, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied()
    }

    /// Whether the message says all there is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a field, where it was there to be left out.
    pub(super) fn note(&mut self, field: &'static str, there: bool) {
        if there {
            self.0.insert(field);
        }
    }
}

impl FromIterator<&'static str> for Omitted {
    fn from_iter<I: IntoIterator<Item = &'static str>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl fmt::Display for Omitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, field) in self.0.iter().enumerate() {
            f.write_str(if place > 0 { ", " } else { "" })?;
            f.write_str(field)?;
        }
        Ok(())
    }
}
