//! What a reader lets pass although the schema does not: named, counted, told.

use std::borrow::Cow;
use std::fmt;

use metering_model::{Excerpt, Violation, ViolationCode};

/// A way in which a message departs from the schema, or from what is kept here, and is read all the
/// same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tolerance {
    /// An element that the standard has and this server has no place for.
    NotKept,
    /// An element behind one that the schema has after it.
    Order,
    /// An element that the schema does not have there; it is read past.
    UnknownElement,
    /// An attribute that no message of the standard has; it is read past.
    UnknownAttribute,
    /// A namespace that is read and that is not the one written: of a draft, of another edition.
    NamespaceForm,
    /// An element in no namespace within a message in the right one.
    NoNamespace,
    /// Text between elements; it is read past.
    StrayText,
    /// `24:00:00`, read as midnight of the day that begins.
    EndOfDay,
    /// An element that `xsi:nil` empties, read as absent.
    Nil,
    /// Blanks around a code, a number or a word.
    Blanks,
    /// An empty element where there should be a value, read as absent.
    Empty,
    /// A word that stands for another one, such as `update` for `change`.
    Synonym,
}

impl Tolerance {
    /// The name, for logs and counters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotKept => "not-kept",
            Self::Order => "order",
            Self::UnknownElement => "unknown-element",
            Self::UnknownAttribute => "unknown-attribute",
            Self::NamespaceForm => "namespace-form",
            Self::NoNamespace => "no-namespace",
            Self::StrayText => "stray-text",
            Self::EndOfDay => "end-of-day",
            Self::Nil => "nil",
            Self::Blanks => "blanks",
            Self::Empty => "empty",
            Self::Synonym => "synonym",
        }
    }

    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::NotKept => "is read and not kept",
            Self::Order => "stands behind an element that the schema has after it",
            Self::UnknownElement => "is not in the schema there, and was read past",
            Self::UnknownAttribute => "has attributes that are not in the schema, and they were read past",
            Self::NamespaceForm => "is in a namespace other than the one written here",
            Self::NoNamespace => "is in no namespace",
            Self::StrayText => "has text between its elements, which was read past",
            Self::EndOfDay => "says 24:00:00, read as midnight of the next day",
            Self::Nil => "is nil, read as absent",
            Self::Blanks => "has blanks around its text",
            Self::Empty => "is empty, read as absent",
            Self::Synonym => "has a word that stands for another one",
        }
    }
}

impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One tolerance at one kind of element, and how often it was needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerated {
    /// Which.
    pub what: Tolerance,
    /// The element, in the element around it: `Readings/reportedDateTime`.
    pub element: String,
    /// How often.
    pub times: u32,
    /// The item where it was met first; the first one where it was met outside of all.
    pub first: u32,
}

/// The tolerances that a message needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tolerances {
    notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Note {
    what: Tolerance,
    within: &'static str,
    name: Cow<'static, str>,
    times: u32,
    first: u32,
}

/// So many elements that no schema has are told by their names; a message of nothing else must not
/// fill memory.
const NAMED: usize = 16;

impl Tolerances {
    /// What was needed, in the order in which it was met.
    pub fn iter(&self) -> impl Iterator<Item = Tolerated> + '_ {
        self.notes.iter().map(|note| Tolerated {
            what: note.what,
            element: if note.within.is_empty() {
                Excerpt(&note.name).to_string()
            } else {
                format!("{}/{}", note.within, Excerpt(&note.name))
            },
            times: note.times,
            first: note.first,
        })
    }

    /// Whether the message is what the schema says, and all of it is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// How often `what` was needed in all.
    #[must_use]
    pub fn times(&self, what: Tolerance) -> u32 {
        self.notes.iter().filter(|note| note.what == what).fold(0, |sum, note| sum.saturating_add(note.times))
    }

    /// The same as warnings: one for each tolerance at each kind of element.
    #[must_use]
    pub fn warnings(&self) -> Vec<Violation> {
        let warning = |Tolerated { what, element, times, first }| {
            let code = if what == Tolerance::NotKept { ViolationCode::NotKept } else { ViolationCode::Tolerated };
            let often = if times == 1 { "once".to_owned() } else { format!("{times} times") };
            Violation::new(first, "", code, format!("`{element}` {} ({often})", what.in_words()))
        };
        self.iter().map(warning).collect()
    }

    /// Counts `what` at the element `name` in `within`, met in the item `item`.
    pub(super) fn note(&mut self, what: Tolerance, within: &'static str, name: &str, item: u32) {
        if let Some(note) = self.notes.iter_mut().find(|it| it.what == what && it.within == within && it.name == name) {
            note.times = note.times.saturating_add(1);
            return;
        }
        let strangers = self.notes.iter().filter(|it| matches!(it.name, Cow::Owned(_))).count();
        if strangers >= NAMED {
            return self.note_known(what, "", "and others", item);
        }
        self.notes.push(Note { what, within, name: Cow::Owned(name.to_owned()), times: 1, first: item });
    }

    /// The same of an element that the schema has.
    pub(super) fn note_known(&mut self, what: Tolerance, within: &'static str, name: &'static str, item: u32) {
        match self.notes.iter_mut().find(|it| it.what == what && it.within == within && it.name == name) {
            Some(note) => note.times = note.times.saturating_add(1),
            None => self.notes.push(Note { what, within, name: Cow::Borrowed(name), times: 1, first: item }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_told_once_with_its_number() {
        let mut tolerances = Tolerances::default();
        for item in 3..6 {
            tolerances.note_known(Tolerance::NotKept, "Readings", "source", item);
        }
        tolerances.note(Tolerance::UnknownElement, "Meter", "serialNumber", 4);
        let told: Vec<_> =
            tolerances.warnings().iter().map(|it| format!("{} {} {}", it.at.item, it.code, it.detail)).collect();
        assert_eq!(
            told,
            [
                "3 not-kept `Readings/source` is read and not kept (3 times)",
                "4 tolerated `Meter/serialNumber` is not in the schema there, and was read past (once)",
            ]
        );
        assert_eq!(tolerances.times(Tolerance::NotKept), 3);
    }

    #[test]
    fn names_nobody_knows_do_not_fill_memory() {
        let mut tolerances = Tolerances::default();
        for number in 0..10_000 {
            tolerances.note(Tolerance::UnknownElement, "Meter", &format!("n{number}"), 0);
        }
        assert_eq!(tolerances.iter().count(), NAMED + 1);
        assert_eq!(tolerances.times(Tolerance::UnknownElement), 10_000);
    }
}
