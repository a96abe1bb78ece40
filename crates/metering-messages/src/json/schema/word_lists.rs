//! The lists of words that schemas have, by name.

use metering_model::{
    AmiBillingReadyKind, ComDirectionKind, ComTechnologyKind, ConfigurationStatus, ControlStatus, MeterMultiplierKind,
    PhaseCode, ServiceKind, UsagePointConnectedKind, words,
};

use super::also;

/// A list of words that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordList {
    /// Its name.
    pub name: String,
    /// What the words say.
    pub meaning: String,
    /// The words, in the order in which the schemas have them.
    pub words: Vec<&'static str>,
}

/// The lists of words that schemas have, each with a name; of fields with other spellings that are
/// read the list with these as well.
#[must_use]
pub fn word_lists() -> Vec<WordList> {
    let statuses = ControlStatus::ALL.iter().map(|it| it.as_str()).collect();
    let lists: [(&str, &str, &str, Vec<&'static str>); 20] = [
        ("ReadingKind", "readingType", "How a reading was metered.", words::READING_TYPE_WORDS.to_vec()),
        ("Measurement", "measurement", "What was measured.", words::MEASUREMENT_WORDS.to_vec()),
        ("Interval", "interval", "The length of a metering interval.", words::INTERVAL_WORDS.to_vec()),
        ("Unit", "unit", "A unit.", words::UNIT_WORDS.to_vec()),
        ("Phase", "phase", "Phases.", words::PHASE_WORDS.to_vec()),
        ("EnergyDirection", "energyDirection", "Which way energy flows.", words::ENERGY_DIRECTION_WORDS.to_vec()),
        ("QualityWord", "quality", "How good a reading is.", words::QUALITY_WORDS.to_vec()),
        ("ControlWord", "controlType", "What a control does.", words::CONTROL_WORDS.to_vec()),
        ("ControlMode", "mode", "How the value of a load control is meant.", words::CONTROL_MODE_WORDS.to_vec()),
        ("Priority", "priority", "How urgent a control is.", words::PRIORITY_WORDS.to_vec()),
        ("Verification", "verification", "Whether a device's reports agree.", words::VERIFICATION_WORDS.to_vec()),
        ("ControlStatus", "", "Where a control is in its life.", statuses),
        ("ConfigurationStatus", "", "How far an object is configured.", ConfigurationStatus::WORDS.to_vec()),
        ("ServiceKind", "", "What is delivered at a usage point.", ServiceKind::WORDS.to_vec()),
        ("PhaseCode", "", "The wires of a usage point.", PhaseCode::WORDS.to_vec()),
        ("ConnectionState", "", "Whether a usage point is connected.", UsagePointConnectedKind::WORDS.to_vec()),
        ("AmiBillingReady", "", "How far reading and billing are.", AmiBillingReadyKind::WORDS.to_vec()),
        ("ComTechnology", "", "By what means a module communicates.", ComTechnologyKind::WORDS.to_vec()),
        ("ComDirection", "", "Which way a module communicates.", ComDirectionKind::WORDS.to_vec()),
        ("MeterMultiplierKind", "", "What a multiplier stands for.", MeterMultiplierKind::WORDS.to_vec()),
    ];
    let mut named = Vec::new();
    for (name, field, meaning, words) in lists {
        let others = words::aliases(field);
        if !others.is_empty() {
            named.push(WordList {
                name: format!("{name}Spelling"),
                meaning: format!("{meaning} Every spelling that is read.{}", also(field)),
                words: words.iter().copied().chain(others.into_iter().map(|(alias, _)| alias)).collect(),
            });
        }
        named.push(WordList { name: name.to_owned(), meaning: meaning.to_owned(), words });
    }
    named
}
