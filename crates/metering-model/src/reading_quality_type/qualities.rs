//! All that is said about the quality of one reading.

use std::borrow::Borrow;

use crate::{QualityCategory, QualitySystem, ReadingQualityType};

/// All that is said about the quality of one reading, each statement once.
///
/// Shared by the readings of a message that say the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qualities(Box<[ReadingQualityType]>);

impl Qualities {
    /// The statements in the order of their codes; none at all means [`ReadingQualityType::GOOD`].
    pub fn new(statements: impl IntoIterator<Item = ReadingQualityType>) -> Self {
        let mut statements: Vec<_> = statements.into_iter().collect();
        if statements.is_empty() {
            statements.push(ReadingQualityType::GOOD);
        }
        statements.sort_unstable();
        statements.dedup();
        Self(statements.into_boxed_slice())
    }

    /// What a reading without a quality says.
    #[must_use]
    pub fn good() -> Self {
        Self::new([])
    }

    /// The statements.
    pub fn iter(&self) -> impl Iterator<Item = ReadingQualityType> + '_ {
        self.0.iter().copied()
    }

    /// Whether these are what `stored` says, in the systems these speak for.
    #[must_use]
    pub fn agree_with(&self, stored: &Self) -> bool {
        let spoken_for = |one: &ReadingQualityType| self.iter().any(|own| own.system == one.system);
        self.iter().eq(stored.iter().filter(spoken_for))
    }

    /// Whether the value stands against what devices send later: a person edited, added or withdrew
    /// it (3.7.x). Else the raw value that was withdrawn would be back with its next repeat.
    #[must_use]
    pub fn protect(&self) -> bool {
        self.iter()
            .any(|it| it.system == QualitySystem::METER_DATA_MANAGEMENT && it.category == QualityCategory::EDITED)
    }

    /// Whether one of them says why there is no value, as
    /// [`ReadingQualityType::explains_no_value`] tells.
    #[must_use]
    pub fn explain_no_value(&self) -> bool {
        self.iter().any(ReadingQualityType::explains_no_value)
    }
}

/// A list can be looked up by its statements, in the order of their codes.
impl Borrow<[ReadingQualityType]> for Qualities {
    fn borrow(&self) -> &[ReadingQualityType] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_statement_means_good() {
        assert_eq!(Qualities::new([]), Qualities::new([ReadingQualityType::GOOD]));
        assert_eq!(Qualities::new(["2.5.259", "1.0.0", "2.5.259"].map(|it| it.parse().unwrap())).iter().count(), 2);
    }

    #[test]
    fn what_a_person_said_stands() {
        for (code, stands) in [("3.7.0", true), ("3.7.1", true), ("3.7.3", true), ("2.7.0", false), ("3.8.0", false)] {
            assert_eq!(Qualities::new([code.parse().unwrap()]).protect(), stands, "{code}");
        }
        assert!(!Qualities::good().protect());
    }

    #[test]
    fn one_statement_is_enough_to_say_why_there_is_no_value() {
        let of = |codes: &[&str]| Qualities::new(codes.iter().map(|it| it.parse().unwrap()));
        assert!(!Qualities::good().explain_no_value());
        assert!(of(&["1.0.0", "2.5.259"]).explain_no_value());
        assert!(of(&["3.7.0", "3.7.3"]).explain_no_value());
        assert!(!of(&["3.7.0", "3.8.0"]).explain_no_value());
    }
}
