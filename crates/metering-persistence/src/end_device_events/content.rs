//! The content column: an event as it was sent. Its text is also what makes two events equal, so
//! fields are only ever added, at the end, and left out where they are absent.

use metering_model::{EndDeviceEvent, EventType, TimeStamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mrid: Option<String>,
    device: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// A word that no table has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    word: Option<String>,
    /// In microseconds.
    created: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage_point: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer_tracking_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    details: Vec<(String, String)>,
}

/// The word of an event that no table has.
pub(super) fn word(event: &EndDeviceEvent) -> Option<&str> {
    match &event.event_type {
        EventType::Unmapped(word) => Some(word),
        EventType::Code(_) => event.word.as_deref(),
    }
}

/// `event` as the content column has it.
pub(super) fn write(event: &EndDeviceEvent) -> Result<String> {
    let EndDeviceEvent {
        mrid,
        device,
        event_type,
        word: _,
        created,
        severity,
        description,
        event_code,
        usage_point,
        issuer_tracking_id,
        details,
    } = event;
    let content = Content {
        mrid: mrid.as_ref().map(ToString::to_string),
        device: device.to_string(),
        code: match event_type {
            EventType::Code(code) => Some(code.to_string()),
            EventType::Unmapped(_) => None,
        },
        word: word(event).map(str::to_owned),
        created: created.micros(),
        severity: severity.clone(),
        description: description.clone(),
        event_code: event_code.clone(),
        usage_point: usage_point.as_ref().map(ToString::to_string),
        issuer_tracking_id: issuer_tracking_id.clone(),
        details: details.clone(),
    };
    serde_json::to_string(&content).map_err(Error::failed)
}

/// The event that [`write`] made `text` of.
pub(super) fn read(text: &str) -> Result<EndDeviceEvent> {
    let content: Content = serde_json::from_str(text).map_err(Error::failed)?;
    let (event_type, word) = match (content.code, content.word) {
        (Some(code), word) => (EventType::Code(code.parse().map_err(Error::failed)?), word),
        (None, Some(word)) => (EventType::Unmapped(word), None),
        (None, None) => return Err(Error::failed("a stored event has neither a code nor a word")),
    };
    Ok(EndDeviceEvent {
        mrid: content.mrid.map(TryFrom::try_from).transpose().map_err(Error::failed)?,
        device: content.device.try_into().map_err(Error::failed)?,
        event_type,
        word,
        created: TimeStamp::from_micros(content.created).map_err(Error::failed)?,
        severity: content.severity,
        description: content.description,
        event_code: content.event_code,
        usage_point: content.usage_point.map(TryFrom::try_from).transpose().map_err(Error::failed)?,
        issuer_tracking_id: content.issuer_tracking_id,
        details: content.details,
    })
}

/// What is the same for one event, told twice: all that was sent.
pub(super) fn identity(content: &str) -> Vec<u8> {
    Sha256::digest(content).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(event_type: EventType, word: Option<&str>) -> EndDeviceEvent {
        EndDeviceEvent {
            mrid: Some("mine".parse().unwrap()),
            device: "a".parse().unwrap(),
            event_type,
            word: word.map(str::to_owned),
            created: "2024-01-15T10:15:00.000001Z".parse().unwrap(),
            severity: Some("high".into()),
            description: Some("two\nlines".into()),
            event_code: Some("TAM001".into()),
            usage_point: Some("up".parse().unwrap()),
            issuer_tracking_id: Some("42".into()),
            details: vec![("b".into(), "1".into()), ("a".into(), "2".into())],
        }
    }

    #[test]
    fn an_event_survives_its_column() {
        let tamper = || EventType::Code("3.12.0.257".parse().unwrap());
        for event in
            [event(tamper(), None), event(tamper(), Some("fire")), event(EventType::Unmapped("fire".into()), None)]
        {
            assert_eq!(read(&write(&event).unwrap()).unwrap(), event);
        }
    }

    #[test]
    fn the_text_of_the_column_stays_as_it_is() {
        // Equality of what is stored and what arrives hangs on it.
        let event = EndDeviceEvent {
            mrid: None,
            severity: None,
            description: None,
            event_code: None,
            usage_point: None,
            issuer_tracking_id: None,
            details: vec![],
            ..event(EventType::Unmapped("fire".into()), None)
        };
        assert_eq!(write(&event).unwrap(), r#"{"device":"a","word":"fire","created":1705313700000001}"#);
    }
}
