//! The spellings that are read and never written.

use super::end_device_events::EVENTS;
use super::quality::QUALITIES;
use super::reading;
use super::vocabulary::Vocabulary;

/// The other spellings that the field reads, each with the word it is read as.
///
/// ```
/// use metering_model::words::aliases;
///
/// assert!(aliases("readingType").contains(&("interval", "intervalData")));
/// assert!(aliases("unit").is_empty());
/// ```
#[must_use]
pub fn aliases(field: &str) -> Vec<(&'static str, &'static str)> {
    match field {
        "eventType" => of(&EVENTS),
        "quality" => of(&QUALITIES),
        field => reading::aliases(field),
    }
}

pub(super) fn of<T>(vocabulary: &Vocabulary<T>) -> Vec<(&'static str, &'static str)> {
    vocabulary.words.iter().flat_map(|it| it.aliases.iter().map(|alias| (*alias, it.word))).collect()
}
