//! The 3-part code that says how far a reading can be trusted.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::Excerpt;
use crate::code_list::code_list;

code_list! {
    /// Part 1: the system that says so.
    pub struct QualitySystem(u8);
    /// Not applicable.
    NOT_APPLICABLE = 0, "not applicable";
    /// The end device itself.
    END_DEVICE = 1, "end device";
    /// The metering system (the data collection network).
    METERING_SYSTEM = 2, "metering system";
    /// The meter data management system.
    METER_DATA_MANAGEMENT = 3, "meter data management";
    /// Another system.
    OTHER = 4, "other system";
    /// A system outside the enterprise.
    EXTERNAL = 5, "externally specified";
}

code_list! {
    /// Part 2: what the statement is about.
    pub struct QualityCategory(u8);
    /// Valid.
    VALID = 0, "valid";
    /// Diagnostics of the device.
    DIAGNOSTICS = 1, "diagnostics";
    /// Power quality.
    POWER_QUALITY = 2, "power quality";
    /// Tampering and revenue protection.
    TAMPER = 3, "tamper";
    /// The collection of the data.
    DATA_COLLECTION = 4, "data collection";
    /// Reasonability tests.
    REASONABILITY = 5, "failed reasonability testing";
    /// Validation rules.
    VALIDATION = 6, "failed validation";
    /// Edited by a person.
    EDITED = 7, "edited";
    /// Estimated.
    ESTIMATED = 8, "estimated";
    /// Obsolete; read, never written.
    OSCILLATORY = 9, "oscillatory";
    /// Questionable.
    QUESTIONABLE = 10, "questionable";
    /// Derived from other values.
    DERIVED = 11, "derived";
    /// Projected into the future.
    PROJECTED = 12, "projected";
}

/// One statement about the quality of a reading: system, category, index.
///
/// ```
/// use metering_model::ReadingQualityType;
///
/// let estimated: ReadingQualityType = "3.8.0".parse()?;
/// assert_eq!(estimated.category.name(), Some("estimated"));
/// assert_eq!(estimated.to_string(), "3.8.0");
/// # Ok::<(), metering_model::ReadingQualityTypeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadingQualityType {
    /// Part 1.
    pub system: QualitySystem,
    /// Part 2.
    pub category: QualityCategory,
    /// Part 3, of the category's own list; for validation and estimation the number of the rule.
    pub index: u16,
}

/// Why a text is no [`ReadingQualityType`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a quality code has three numbers separated by points, such as 1.0.0, not `{0}`")]
pub struct ReadingQualityTypeError(String);

impl ReadingQualityType {
    /// The code of three numbers.
    #[must_use]
    pub const fn new(system: u8, category: u8, index: u16) -> Self {
        Self { system: QualitySystem::from_code(system), category: QualityCategory::from_code(category), index }
    }

    /// 1.0.0: the device found nothing wrong. A reading without a quality is understood so.
    pub const GOOD: Self = Self::new(1, 0, 0);
    /// 3.7.3: withdrawn by a person.
    pub const REJECTED: Self = Self::new(3, 7, 3);
}

impl fmt::Display for ReadingQualityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.system, self.category, self.index)
    }
}

impl FromStr for ReadingQualityType {
    type Err = ReadingQualityTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn number<N: FromStr>(text: Option<&str>) -> Option<N> {
            let text = text?;
            let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
            plain.then(|| text.parse().ok()).flatten()
        }
        let mut parts = text.splitn(4, '.');
        let parsed = (number(parts.next()), number(parts.next()), number(parts.next()), parts.next());
        match parsed {
            (Some(system), Some(category), Some(index), None) => Ok(Self::new(system, category, index)),
            _ => Err(ReadingQualityTypeError(Excerpt(text).to_string())),
        }
    }
}

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

    /// Whether they explain that there is no value: withdrawn, missing, skipped and the like.
    #[must_use]
    pub fn explain_no_value(&self) -> bool {
        self.iter().any(|it| it.category != QualityCategory::VALID)
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_has_three_plain_numbers() {
        for text in ["1.0.0", "2.5.259", "9.200.65535"] {
            assert_eq!(text.parse::<ReadingQualityType>().unwrap().to_string(), text);
        }
        for text in ["", "1.0", "1.0.0.0", "01.0.0", "1.-1.0", "1.0.65536", "good", "1..0", "+1.0.0"] {
            assert!(text.parse::<ReadingQualityType>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_three_numbers_come_back(system: u8, category: u8, index: u16) {
            let code = ReadingQualityType::new(system, category, index);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
    }

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
}
