//! The 3-part code that says how far a reading can be trusted.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::Excerpt;
use crate::code_list::code_list;
use crate::four_part_code::{number, spelling};

mod index;
mod qualities;
#[cfg(test)]
mod tests;

pub use qualities::Qualities;

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
    OSCILLATORY = 9, "oscillatory", unconfirmed;
    /// Questionable.
    QUESTIONABLE = 10, "questionable";
    /// Derived from other values.
    DERIVED = 11, "derived";
    /// Projected into the future.
    PROJECTED = 12, "projected";
}

/// One statement about the quality of a reading: system, category, index.
///
/// Codes that no list has survive reading and printing. Indexes from 1000 on are local: what they
/// mean is agreed between sender and receiver.
///
/// ```
/// use metering_model::ReadingQualityType;
///
/// let estimated: ReadingQualityType = "3.8.0".parse()?;
/// assert_eq!(estimated, ReadingQualityType::ESTIMATED);
/// assert_eq!(estimated.category.name(), Some("estimated"));
/// assert_eq!(estimated.explain().to_string(), "meter data management: estimated");
/// assert_eq!(estimated.to_string(), "3.8.0");
/// # Ok::<(), metering_model::ReadingQualityTypeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadingQualityType {
    /// Part 1: the system that says so.
    pub system: QualitySystem,
    /// Part 2: what the statement is about.
    pub category: QualityCategory,
    /// Part 3, of the category's own list; for validation and estimation the number of the rule.
    pub index: u16,
}

/// The names of the three parts, in order, and the most that each can be.
const PARTS: [(&str, u16); 3] = [("system", 255), ("category", 255), ("index", 65_535)];

/// Why a text is no [`ReadingQualityType`]. Parts are counted from 1, as the standard does.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadingQualityTypeError {
    /// Not three parts.
    #[error("the quality code has 3 parts separated by points, such as 1.0.0, this one has {0}")]
    Parts(usize),
    /// A part that is no number its place can have, in its one spelling.
    #[error("part {part} of the quality code ({name}) must be a number from 0 to {most}{spelling}, not `{text}`",
        name = place(*part).0, most = place(*part).1, spelling = spelling(text))]
    Part {
        /// Which part, from 1.
        part: usize,
        /// What stands there.
        text: String,
    },
}

fn place(part: usize) -> (&'static str, u16) {
    PARTS.get(part.wrapping_sub(1)).copied().unwrap_or(("unknown", 0))
}

/// From here on indexes are not the standard's but agreed locally.
const FIRST_LOCAL: u16 = 1_000;

impl ReadingQualityType {
    /// 1.0.0: the device found nothing wrong. A reading without a quality is understood so.
    pub const GOOD: Self = Self::new(1, 0, 0);
    /// 3.0.1: passed validation. Known from one source only, unconfirmed.
    pub const VALIDATED: Self = Self::new(3, 0, 1);
    /// 1.2.32: the power failed in the interval.
    pub const POWER_FAIL: Self = Self::new(1, 2, 32);
    /// 1.4.2: the interval is shorter than it should be.
    pub const PARTIAL_INTERVAL: Self = Self::new(1, 4, 2);
    /// 1.4.3: the interval is longer than it should be.
    pub const LONG_INTERVAL: Self = Self::new(1, 4, 3);
    /// 1.4.4: nothing was recorded for the interval.
    pub const SKIPPED_INTERVAL: Self = Self::new(1, 4, 4);
    /// 1.4.9: the clock was set in the interval.
    pub const CLOCK_CHANGED: Self = Self::new(1, 4, 9);
    /// 3.5.258: the value is not trusted. Known from one source only, unconfirmed.
    pub const SUSPECT: Self = Self::new(3, 5, 258);
    /// 2.5.259: there should be a value, and none came.
    pub const MISSING: Self = Self::new(2, 5, 259);
    /// 3.6.0: failed validation; no rule is named.
    pub const FAILED_VALIDATION: Self = Self::new(3, 6, 0);
    /// 3.7.0: edited by a person.
    pub const EDITED: Self = Self::new(3, 7, 0);
    /// 3.7.1: added by a person. Known from one source only, unconfirmed.
    pub const ADDED: Self = Self::new(3, 7, 1);
    /// 3.7.3: withdrawn by a person. Known from one source only, unconfirmed.
    pub const REJECTED: Self = Self::new(3, 7, 3);
    /// 3.8.0: estimated; no rule is named.
    pub const ESTIMATED: Self = Self::new(3, 8, 0);
    /// 3.10.0: nobody can tell whether the value is right.
    pub const QUESTIONABLE: Self = Self::new(3, 10, 0);
    /// 3.10.1: accepted by a person. Known from one source only, unconfirmed.
    pub const ACCEPTED: Self = Self::new(3, 10, 1);
    /// 3.11.0: calculated from other values.
    pub const DERIVED: Self = Self::new(3, 11, 0);
    /// 3.12.0: projected into the future. Known from one source only, unconfirmed.
    pub const PROJECTED: Self = Self::new(3, 12, 0);

    /// The whole codes that are well known, in their order, each with what it says in our words.
    pub const WELL_KNOWN: &'static [(Self, &'static str)] = &[
        (Self::GOOD, "end device: data valid"),
        (Self::POWER_FAIL, "end device: power failed in the interval"),
        (Self::PARTIAL_INTERVAL, "end device: partial interval"),
        (Self::LONG_INTERVAL, "end device: long interval"),
        (Self::SKIPPED_INTERVAL, "end device: skipped interval"),
        (Self::CLOCK_CHANGED, "end device: clock changed"),
        (Self::new(1, 10, 0), "end device: questionable, indeterminate"),
        (Self::new(2, 5, 258), "metering system: suspect"),
        (Self::MISSING, "metering system: known missing"),
        (Self::new(2, 8, 0), "metering system: estimated"),
        (Self::new(2, 11, 0), "metering system: derived"),
        (Self::new(3, 0, 0), "meter data management: data valid"),
        (Self::VALIDATED, "meter data management: validated"),
        (Self::new(3, 5, 259), "meter data management: known missing"),
        (Self::FAILED_VALIDATION, "meter data management: failed validation"),
        (Self::EDITED, "meter data management: edited by a person"),
        (Self::ADDED, "meter data management: added by a person"),
        (Self::REJECTED, "meter data management: rejected by a person"),
        (Self::ESTIMATED, "meter data management: estimated"),
        (Self::ACCEPTED, "meter data management: accepted by a person"),
        (Self::DERIVED, "meter data management: derived"),
        (Self::PROJECTED, "meter data management: projected"),
    ];

    /// The code of three numbers, listed or not.
    #[must_use]
    pub const fn new(system: u8, category: u8, index: u16) -> Self {
        Self { system: QualitySystem::from_code(system), category: QualityCategory::from_code(category), index }
    }

    /// What it says, in our words, where the whole code is [well known](Self::WELL_KNOWN).
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let at = Self::WELL_KNOWN.binary_search_by_key(&self, |(code, _)| *code).ok()?;
        Self::WELL_KNOWN.get(at).map(|(_, name)| *name)
    }

    /// What category and index say, whichever system says so; `None` where the category's list
    /// does not have the index.
    ///
    /// ```
    /// use metering_model::ReadingQualityType;
    ///
    /// assert_eq!(ReadingQualityType::new(5, 4, 130).index_name(), Some("read by the customer"));
    /// assert_eq!(ReadingQualityType::new(5, 0, 130).index_name(), None);
    /// ```
    #[must_use]
    pub fn index_name(self) -> Option<&'static str> {
        self.listed_index().map(|it| it.name)
    }

    /// Whether more than one source has the meaning of category and index; if not, or if the list
    /// does not have it, it is unconfirmed.
    #[must_use]
    pub fn is_confirmed(self) -> bool {
        self.listed_index().is_some_and(|it| it.confirmed)
    }

    fn listed_index(self) -> Option<&'static index::Index> {
        let parts = (self.category.code(), self.index);
        let at = index::LISTED.binary_search_by_key(&parts, |it| it.parts).ok()?;
        index::LISTED.get(at)
    }

    /// Every category and index that the lists have, for the system 0.
    pub fn listed_indexes() -> impl ExactSizeIterator<Item = Self> {
        index::LISTED.iter().map(|it| Self::new(0, it.parts.0, it.parts.1))
    }

    /// The number of the rule that failed or that estimated; `None` in other categories, and where
    /// no rule is named (index 0). From 1000 on the rules are local.
    #[must_use]
    pub fn rule(self) -> Option<u16> {
        let of_rules = matches!(self.category, QualityCategory::VALIDATION | QualityCategory::ESTIMATED);
        (of_rules && self.index != 0).then_some(self.index)
    }

    /// Whether it says that there is no value, so that a reading may come without one.
    ///
    /// It does, whichever system says so, where the value
    ///
    /// - was expected and did not come: known missing (x.5.259), attempt to read failed (x.4.129);
    /// - was not recorded: skipped interval (x.4.4), not recording (x.4.7), power failed in the
    ///   interval (x.2.32), for a device without power measures nothing;
    /// - is no number: an error code in its place (x.5.257);
    /// - was withdrawn: rejected by a person (x.7.3).
    ///
    /// Everything else is said of a value that there is: an edited, estimated, suspect or failed one
    /// is a number that deserves another trust. Local indexes (from 1000) explain nothing to others.
    #[must_use]
    pub fn explains_no_value(self) -> bool {
        matches!(
            (self.category, self.index),
            (QualityCategory::POWER_QUALITY, 32)
                | (QualityCategory::DATA_COLLECTION, 4 | 7 | 129)
                | (QualityCategory::REASONABILITY, 257 | 259)
                | (QualityCategory::EDITED, 3)
        )
    }

    /// The code in words for a person: the system, where one is said, and what it says; a part that
    /// no list has is told as such.
    pub fn explain(self) -> impl fmt::Display {
        let Self { system, category, index } = self;
        fmt::from_fn(move |f| {
            if let Some(name) = self.name() {
                return f.write_str(name);
            }
            match system.name() {
                _ if system == QualitySystem::NOT_APPLICABLE => {}
                Some(name) => write!(f, "{name}: ")?,
                None => write!(f, "unlisted system {system}: ")?,
            }
            if let Some(name) = self.index_name() {
                return f.write_str(name);
            }
            match category.name() {
                Some(name) => write!(f, "{name}, ")?,
                None => write!(f, "unlisted category {category}, ")?,
            }
            let local = if index >= FIRST_LOCAL { "local " } else { "" };
            match self.rule() {
                Some(rule) => write!(f, "{local}rule {rule}"),
                None if index >= FIRST_LOCAL || !category.is_listed() => write!(f, "{local}index {index}"),
                None => write!(f, "unlisted index {index}"),
            }
        })
    }
}

impl fmt::Display for ReadingQualityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.system, self.category, self.index)
    }
}

impl FromStr for ReadingQualityType {
    type Err = ReadingQualityTypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn read<N: FromStr>(part: usize, text: &str) -> Result<N, ReadingQualityTypeError> {
            number(text).ok_or_else(|| ReadingQualityTypeError::Part { part, text: Excerpt(text).to_string() })
        }
        let mut parts = text.split('.');
        let (Some(system), Some(category), Some(index), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ReadingQualityTypeError::Parts(text.split('.').count()));
        };
        Ok(Self::new(read(1, system)?, read(2, category)?, read(3, index)?))
    }
}
