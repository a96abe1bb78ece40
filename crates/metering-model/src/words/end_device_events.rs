//! The words of `eventType`.

use super::vocabulary::{Vocabulary, spellings, vocabulary};
use crate::EndDeviceEventType;

// Words answer by the last three parts; the first part here is what the word writes: a meter.
pub(super) const EVENTS: Vocabulary<EndDeviceEventType> = vocabulary! { "eventType";
    "tamperingAlert" | "tamperDetected" => EndDeviceEventType::TAMPER_DETECTED;
    "powerOutage" | "lastGasp" => EndDeviceEventType::POWER_FAILED;
    "powerRestored" => EndDeviceEventType::POWER_RESTORED;
    "switchConnected" => EndDeviceEventType::SWITCH_CONNECTED;
    "switchDisconnected" => EndDeviceEventType::SWITCH_DISCONNECTED;
    "connectFailed" => EndDeviceEventType::CONNECT_FAILED;
    "disconnectFailed" => EndDeviceEventType::DISCONNECT_FAILED;
    "coverOpened" => EndDeviceEventType::new(3, 12, 29, 39);
    "coverClosed" => EndDeviceEventType::new(3, 12, 29, 16);
    "coverRemoved" => EndDeviceEventType::new(3, 12, 29, 212);
    "magneticTampering" => EndDeviceEventType::new(3, 12, 66, 257);
    "reverseRotation" => EndDeviceEventType::new(3, 12, 93, 219);
    "tilted" => EndDeviceEventType::new(3, 12, 0, 263);
    "loginFailed" => EndDeviceEventType::new(3, 12, 65, 85);
    "accessNotAuthorized" => EndDeviceEventType::new(3, 12, 1, 38);
    "sagStarted" => EndDeviceEventType::new(3, 26, 38, 223);
    "sagStopped" => EndDeviceEventType::new(3, 26, 38, 224);
    "sagPhaseA" => EndDeviceEventType::new(3, 26, 131, 223);
    "sagPhaseB" => EndDeviceEventType::new(3, 26, 132, 223);
    "sagPhaseC" => EndDeviceEventType::new(3, 26, 133, 223);
    "sagPhaseAStopped" => EndDeviceEventType::new(3, 26, 131, 224);
    "sagPhaseBStopped" => EndDeviceEventType::new(3, 26, 132, 224);
    "sagPhaseCStopped" => EndDeviceEventType::new(3, 26, 133, 224);
    "swellStarted" => EndDeviceEventType::new(3, 26, 38, 248);
    "swellStopped" => EndDeviceEventType::new(3, 26, 38, 249);
    "swellPhaseA" => EndDeviceEventType::new(3, 26, 131, 248);
    "swellPhaseB" => EndDeviceEventType::new(3, 26, 132, 248);
    "swellPhaseC" => EndDeviceEventType::new(3, 26, 133, 248);
    "swellPhaseAStopped" => EndDeviceEventType::new(3, 26, 131, 249);
    "swellPhaseBStopped" => EndDeviceEventType::new(3, 26, 132, 249);
    "swellPhaseCStopped" => EndDeviceEventType::new(3, 26, 133, 249);
    "overvoltage" => EndDeviceEventType::new(3, 26, 38, 93);
    "undervoltage" => EndDeviceEventType::new(3, 26, 38, 150);
    "voltageImbalance" => EndDeviceEventType::new(3, 26, 38, 98);
    "phaseFailed" => EndDeviceEventType::new(3, 26, 25, 85);
    "phaseRestored" => EndDeviceEventType::new(3, 26, 25, 216);
    "lowBattery" => EndDeviceEventType::new(3, 2, 22, 150);
    "batteryFailed" => EndDeviceEventType::new(3, 2, 0, 85);
    "highTemperature" => EndDeviceEventType::new(3, 35, 261, 93);
    "clockChanged" => EndDeviceEventType::new(3, 36, 114, 24);
    "clockFailed" => EndDeviceEventType::new(3, 36, 0, 85);
    "demandReset" => EndDeviceEventType::new(3, 8, 0, 215);
    "configurationChanged" => EndDeviceEventType::new(3, 7, 0, 24);
    "firmwareFailed" => EndDeviceEventType::new(3, 11, 0, 85);
    "communicationFailed" => EndDeviceEventType::new(3, 1, 0, 85);
    "communicationRestored" => EndDeviceEventType::new(3, 1, 0, 49);
    "loadControlOptedIn" => EndDeviceEventType::new(3, 15, 43, 80);
    "loadControlOptedOut" => EndDeviceEventType::new(3, 15, 43, 81);
};

/// Every word of `eventType`; others are kept as sent.
pub const EVENT_WORDS: &[&str] = &spellings::<_, { EVENTS.words.len() }>(EVENTS.words);

/// The event that a word names.
///
/// ```
/// use metering_model::words::event_type;
///
/// assert_eq!(event_type("tamperingAlert").unwrap().to_string(), "3.12.0.257");
/// assert_eq!(event_type("somethingElse"), None);
/// ```
#[must_use]
pub fn event_type(word: &str) -> Option<EndDeviceEventType> {
    EVENTS.find(word).map(|it| it.means)
}

/// The word for an event; the type of device does not matter.
///
/// ```
/// use metering_model::words::event_word;
///
/// assert_eq!(event_word("0.26.0.85".parse()?), Some("powerOutage"));
/// # Ok::<(), metering_model::FourPartCodeError>(())
/// ```
#[must_use]
pub fn event_word(code: EndDeviceEventType) -> Option<&'static str> {
    EVENTS.meaning(|it| it.means_the_same_as(code)).map(|it| it.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_the_document() {
        super::super::document::has_words(&["`eventType`", "code"], &EVENTS, |it| vec![it.to_string()]);
    }

    #[test]
    fn every_word_comes_back_and_every_alias_as_its_word() {
        for entry in EVENTS.words {
            assert_eq!(event_type(entry.word).and_then(event_word), Some(entry.word));
            for alias in entry.aliases {
                assert_eq!(event_type(alias).and_then(event_word), Some(entry.word));
            }
        }
        assert_eq!(EVENT_WORDS.len(), EVENTS.words.len());
    }

    #[test]
    fn the_device_type_does_not_matter_for_the_word() {
        assert_eq!(event_word(EndDeviceEventType::new(26, 26, 0, 85)), Some("powerOutage"));
        assert_eq!(event_word(EndDeviceEventType::new(3, 26, 0, 86)), None);
    }
}
