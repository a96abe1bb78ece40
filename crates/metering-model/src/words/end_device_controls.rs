//! The words of a control.

use super::vocabulary::{Vocabulary, spellings, vocabulary};
use crate::{ControlMode, EndDeviceControlType, Priority, Verification};

const CONTROLS: Vocabulary<EndDeviceControlType> = vocabulary! { "controlType";
    "loadControlSignal" => EndDeviceControlType::LOAD_CONTROL;
    "priceSignal" => EndDeviceControlType::PRICE;
    "remoteDisconnect" => EndDeviceControlType::REMOTE_DISCONNECT;
    "remoteReconnect" => EndDeviceControlType::REMOTE_RECONNECT;
};

const PRIORITIES: Vocabulary<Priority> = vocabulary! { "priority";
    "low" => Priority::Low;
    "normal" => Priority::Normal;
    "high" => Priority::High;
    "critical" => Priority::Critical;
};

const MODES: Vocabulary<ControlMode> = vocabulary! { "mode";
    "limit" => ControlMode::Limit;
    "reduceBy" => ControlMode::ReduceBy;
    "dutyCycle" => ControlMode::DutyCycle;
};

const VERIFICATIONS: Vocabulary<Verification> = vocabulary! { "verification";
    "none" => Verification::None;
    "confirmed" => Verification::Confirmed;
    "contradicted" => Verification::Contradicted;
};

/// Every word of `controlType`.
pub const CONTROL_WORDS: &[&str] = &spellings::<_, { CONTROLS.words.len() }>(CONTROLS.words);
/// Every word of `priority`, the least urgent first.
pub const PRIORITY_WORDS: &[&str] = &spellings::<_, { PRIORITIES.words.len() }>(PRIORITIES.words);
/// Every word of `mode`.
pub const CONTROL_MODE_WORDS: &[&str] = &spellings::<_, { MODES.words.len() }>(MODES.words);
/// Every word of `verification`.
pub const VERIFICATION_WORDS: &[&str] = &spellings::<_, { VERIFICATIONS.words.len() }>(VERIFICATIONS.words);

/// The control that a word names.
///
/// ```
/// use metering_model::words::control_type;
///
/// assert_eq!(control_type("remoteDisconnect").unwrap().to_string(), "3.31.0.23");
/// ```
#[must_use]
pub fn control_type(word: &str) -> Option<EndDeviceControlType> {
    CONTROLS.find(word).map(|it| it.means)
}

/// The word for a control; the type of device does not matter.
///
/// ```
/// use metering_model::words::control_word;
///
/// assert_eq!(control_word("0.31.0.18".parse()?), Some("remoteReconnect"));
/// # Ok::<(), metering_model::FourPartCodeError>(())
/// ```
#[must_use]
pub fn control_word(code: EndDeviceControlType) -> Option<&'static str> {
    CONTROLS.meaning(|it| it.means_the_same_as(code)).map(|it| it.word)
}

macro_rules! words_of_enum {
    ($( $(#[$read_about:meta])* $read:ident, $(#[$write_about:meta])* $write:ident: $Enum:ident in $TABLE:ident; )+) => { $(
        $(#[$read_about])*
        #[must_use]
        pub fn $read(word: &str) -> Option<$Enum> {
            $TABLE.find(word).map(|it| it.means)
        }

        $(#[$write_about])*
        #[must_use]
        pub fn $write(value: $Enum) -> &'static str {
            // A test holds that every value has a row.
            $TABLE.meaning(|it| *it == value).map_or("", |it| it.word)
        }
    )+ };
}

words_of_enum! {
    /// The priority that a word names.
    priority,
    /// The word for a priority.
    priority_word: Priority in PRIORITIES;
    /// The mode of a load control that a word names.
    control_mode,
    /// The word for the mode of a load control.
    control_mode_word: ControlMode in MODES;
    /// The verification that a word names.
    verification,
    /// The word for a verification.
    verification_word: Verification in VERIFICATIONS;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_the_document() {
        super::super::document::has_words(&["`controlType`", "code"], &CONTROLS, |it| vec![it.to_string()]);
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/vocabulary.md")).unwrap();
        for (field, words) in [("mode", CONTROL_MODE_WORDS), ("priority", PRIORITY_WORDS)] {
            let line = format!("`{field}`: {}.", super::super::document::quoted(words.iter().copied()));
            assert!(text.contains(&line), "docs/vocabulary.md does not say {line}");
        }
    }

    #[test]
    fn every_word_comes_back() {
        for word in CONTROL_WORDS {
            assert_eq!(control_type(word).and_then(control_word), Some(*word));
        }
        for word in PRIORITY_WORDS {
            assert_eq!(priority(word).map(priority_word), Some(*word));
        }
        for word in CONTROL_MODE_WORDS {
            assert_eq!(control_mode(word).map(control_mode_word), Some(*word));
        }
        for word in VERIFICATION_WORDS {
            assert_eq!(verification(word).map(verification_word), Some(*word));
        }
    }

    #[test]
    fn every_value_has_a_word() {
        // The matches fail to compile when a value is added, and remind of the tables.
        let all = [Priority::Low, Priority::Normal, Priority::High, Priority::Critical];
        for one in all {
            match one {
                Priority::Low | Priority::Normal | Priority::High | Priority::Critical => {}
            }
            assert_ne!(priority_word(one), "");
        }
        for one in [ControlMode::Limit, ControlMode::ReduceBy, ControlMode::DutyCycle] {
            match one {
                ControlMode::Limit | ControlMode::ReduceBy | ControlMode::DutyCycle => {}
            }
            assert_ne!(control_mode_word(one), "");
        }
        for one in [Verification::None, Verification::Confirmed, Verification::Contradicted] {
            match one {
                Verification::None | Verification::Confirmed | Verification::Contradicted => {}
            }
            assert_ne!(verification_word(one), "");
        }
    }
}
