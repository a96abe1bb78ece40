//! The API's words for the codes of the standard, one table per vocabulary.
//!
//! A word is spelled in one table only, together with what it stands for; look-up, the inverse, the
//! lists in messages and the help with spelling all read that table. Some codes that senders use for
//! the same thing, and the combinations that go together, are interpretations of ours.

use crate::ViolationCode;

mod aliases;
#[cfg(test)]
mod document;
mod end_device_controls;
mod end_device_events;
mod pattern;
mod quality;
mod reading;
mod reading_reason;
mod vocabulary;

pub use aliases::aliases;
pub use end_device_controls::{
    CONTROL_MODE_WORDS, CONTROL_WORDS, PRIORITY_WORDS, VERIFICATION_WORDS, control_mode, control_mode_word,
    control_type, control_word, priority, priority_word, verification, verification_word,
};
pub use end_device_events::{EVENT_WORDS, event_type, event_word};
pub use pattern::{PATTERN_PARAMETERS, pattern};
pub use quality::{QUALITY_WORDS, quality, quality_word};
pub use reading::lists::{
    ENERGY_DIRECTION_WORDS, INTERVAL_WORDS, MEASUREMENT_WORDS, PHASE_WORDS, READING_TYPE_WORDS, UNIT_WORDS,
};
pub use reading::{DescribedReadingType, ReadingWords, agrees, compose, describe, is_prefixed_unit};
pub(crate) use reading::{ReadingKind, fit, unit, unit_text};
pub use reading_reason::READING_REASONS;
pub use vocabulary::{nearest, one_of, unknown_word};

/// What is wrong with a word: the field as the API spells it, the rule, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFault {
    /// The field, as the API spells it.
    pub field: &'static str,
    /// The rule.
    pub code: ViolationCode,
    /// What is wrong and what would be right.
    pub detail: String,
}
