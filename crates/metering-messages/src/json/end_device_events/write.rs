//! Recorded events.

use metering_model::{EndDeviceEvent, EventType, RecordedEvent, words};

use crate::json::members::{Members, page};

/// Appends one event as an object.
pub fn write_item(recorded: &RecordedEvent, out: &mut Vec<u8>) {
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
    let (code, known, sent) = match event_type {
        EventType::Code(code) => (Some(code), words::event_word(*code), word.as_ref()),
        EventType::Unmapped(sent) => (None, None, Some(sent)),
    };
    let mut to = Members::begin(out);
    to.text("id", id.as_str());
    to.text("mRID", mrid.as_ref().map(|it| it.as_str()));
    to.text("deviceId", device.as_str());
    to.text("usagePointId", usage_point.as_ref().map(|it| it.as_str()));
    to.text("eventType", sent.map(String::as_str).or(known));
    to.shown("eventTypeCode", code);
    if sent.is_some() {
        to.boolean("unmapped", true);
    }
    to.time("eventDateTime", *created);
    to.text("severity", severity.as_deref());
    to.text("description", description.as_deref());
    to.text("eventCode", event_code.as_deref());
    to.text("issuerTrackingID", issuer_tracking_id.as_deref());
    if !details.is_empty() {
        let mut inner = Members::begin(to.name("details"));
        for (name, text) in details {
            inner.pair(name, text);
        }
        inner.end();
    }
    to.time("recordedAt", *recorded_at);
    to.end();
}

/// Appends `{"events":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(events: &[RecordedEvent], next: Option<&str>, out: &mut Vec<u8>) {
    page("events", events, next, write_item, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::schema::tests::is_one_of;

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
                details: vec![("b\"".into(), "1".into()), ("a".into(), "2".into())],
            },
            recorded_at: "2026-11-24T10:00:00Z".parse().unwrap(),
        }
    }

    fn text(recorded: &RecordedEvent) -> String {
        let mut out = Vec::new();
        write_item(recorded, &mut out);
        let text = String::from_utf8(out).unwrap();
        is_one_of(&["RecordedEvent"], &text);
        text
    }

    #[test]
    fn an_event_comes_back_with_word_and_code() {
        let tamper = EventType::Code("3.12.0.257".parse().unwrap());
        assert_eq!(
            text(&recorded(tamper)),
            "{\"id\":\"e-1\",\"deviceId\":\"meter 7\",\"eventType\":\"tamperingAlert\",\
             \"eventTypeCode\":\"3.12.0.257\",\"eventDateTime\":\"2024-01-15T10:15:00Z\",\"severity\":\"high\",\
             \"eventCode\":\"TAM001\",\"issuerTrackingID\":\"42\",\"details\":{\"b\\\"\":\"1\",\"a\":\"2\"},\
             \"recordedAt\":\"2026-11-24T10:00:00Z\"}"
        );
    }

    #[test]
    fn a_word_no_table_has_comes_back_as_sent_and_marked() {
        let text = text(&recorded(EventType::Unmapped("meterOnFire".into())));
        assert!(text.contains(r#""eventType":"meterOnFire","unmapped":true,"eventDateTime""#), "{text}");
    }
}
