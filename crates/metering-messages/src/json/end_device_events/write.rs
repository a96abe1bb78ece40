//! Recorded events.

use metering_model::{EndDeviceEvent, EndDeviceEventType, EventType, RecordedEvent, TimeStamp, words};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::json::shown::{Shown, append, append_page};

/// Appends one event as an object.
pub fn write_item(recorded: &RecordedEvent, out: &mut Vec<u8>) {
    append(&Item::of(recorded), out);
}

/// Appends `{"events":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(events: &[RecordedEvent], next: Option<&str>, out: &mut Vec<u8>) {
    append_page("events", events, next, write_item, out);
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "mRID", skip_serializing_if = "Option::is_none")]
    mrid: Option<&'a str>,
    device_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_point_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_type_code: Option<Shown<EndDeviceEventType>>,
    /// Only where it is true.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unmapped: bool,
    event_date_time: Shown<TimeStamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_code: Option<&'a str>,
    #[serde(rename = "issuerTrackingID", skip_serializing_if = "Option::is_none")]
    issuer_tracking_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Details::is_empty")]
    details: Details<'a>,
    recorded_at: Shown<TimeStamp>,
}

impl<'a> Item<'a> {
    fn of(recorded: &'a RecordedEvent) -> Self {
        let RecordedEvent { id, event, recorded_at } = recorded;
        let EndDeviceEvent {
            mrid,
            device,
            event_type,
            word,
            created,
            severity,
            description,
            event_code,
            usage_point,
            issuer_tracking_id,
            details,
        } = event;
        let (known, code) = match event_type {
            EventType::Code(code) => (words::event_word(*code), Some(*code)),
            EventType::Unmapped(_) => (None, None),
        };
        let sent = match event_type {
            EventType::Unmapped(sent) => Some(sent),
            EventType::Code(_) => word.as_ref(),
        };
        Self {
            id: id.as_str(),
            mrid: mrid.as_ref().map(|it| it.as_str()),
            device_id: device.as_str(),
            usage_point_id: usage_point.as_ref().map(|it| it.as_str()),
            event_type: sent.map(String::as_str).or(known),
            event_type_code: code.map(Shown),
            unmapped: sent.is_some(),
            event_date_time: Shown(*created),
            severity: severity.as_deref(),
            description: description.as_deref(),
            event_code: event_code.as_deref(),
            issuer_tracking_id: issuer_tracking_id.as_deref(),
            details: Details(details),
            recorded_at: Shown(*recorded_at),
        }
    }
}

/// Name to text, in the order sent.
struct Details<'a>(&'a [(String, String)]);

impl Details<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Details<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, text) in self.0 {
            map.serialize_entry(name, text)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(event_type: EventType) -> RecordedEvent {
        RecordedEvent {
            id: "e-1".parse().unwrap(),
            event: EndDeviceEvent {
                mrid: None,
                device: "meter 7".parse().unwrap(),
                event_type,
                word: None,
                created: "2024-01-15T10:15:00Z".parse().unwrap(),
                severity: Some("high".into()),
                description: None,
                event_code: Some("TAM001".into()),
                usage_point: None,
                issuer_tracking_id: Some("42".into()),
                details: vec![("b".into(), "1".into()), ("a".into(), "2".into())],
            },
            recorded_at: "2026-11-24T10:00:00Z".parse().unwrap(),
        }
    }

    fn text(recorded: &RecordedEvent) -> String {
        let mut out = Vec::new();
        write_item(recorded, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_event_comes_back_with_word_and_code() {
        let tamper = EventType::Code("3.12.0.257".parse().unwrap());
        assert_eq!(
            text(&recorded(tamper)),
            "{\"id\":\"e-1\",\"deviceId\":\"meter 7\",\"eventType\":\"tamperingAlert\",\
             \"eventTypeCode\":\"3.12.0.257\",\"eventDateTime\":\"2024-01-15T10:15:00Z\",\"severity\":\"high\",\
             \"eventCode\":\"TAM001\",\"issuerTrackingID\":\"42\",\"details\":{\"b\":\"1\",\"a\":\"2\"},\
             \"recordedAt\":\"2026-11-24T10:00:00Z\"}"
        );
    }

    #[test]
    fn a_word_no_table_has_comes_back_as_sent_and_marked() {
        let text = text(&recorded(EventType::Unmapped("meterOnFire".into())));
        assert!(text.contains(r#""eventType":"meterOnFire","unmapped":true,"eventDateTime""#), "{text}");
    }
}
