//! One pass over the items. A word no table has is kept: nothing is refused for its wording.

use std::borrow::Cow;

use metering_model::{
    EndDeviceEvent, EndDeviceEventType, EndDeviceEvents, EventType, TimeStamp, Violation, ViolationCode,
};
use serde_json::value::RawValue;

use crate::json::fields::{self, fields, text, time};
use crate::json::items::{Message, read_items, whole};
use crate::json::listed;
use crate::{Limits, Malformed, Read};

const MESSAGE: Message = Message { list: "events", one: "an event" };

fields! {
    /// One item of `events`, spelled as the API spells it.
    pub(super) struct EventFields<'a> {
        "deviceId" device,
        "eventType" event_type,
        "eventTypeCode" event_type_code,
        "eventDateTime" created,
        "severity" severity,
        "description" description,
        "eventCode" event_code,
        "usagePointId" usage_point,
        "issuerTrackingID" issuer_tracking_id,
        "details" details,
        "mRID" mrid,
        "id" id,
        "recordedAt" recorded_at,
        "unmapped" unmapped,
    }
}

/// The fields that only the server sets.
pub(super) const SERVER_OWNED: [&str; 3] = ["id", "recordedAt", "unmapped"];

/// Reads the list `events`, or one event alone.
///
/// # Errors
/// [`Malformed`] when the notation is broken or the body is no such message. What is wrong with an
/// event is among the violations, and the other events are read.
///
/// ```
/// use metering_messages::{Limits, json};
///
/// let body = br#"{"deviceId":"m-1","eventType":"tamperingAlert","eventDateTime":"2024-01-15T10:15:00Z"}"#;
/// let read = json::end_device_events::read(body, &Limits::default())?;
/// assert!(read.alone && read.violations.is_empty());
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(body: &[u8], limits: &Limits) -> Result<Read<EndDeviceEvents>, Malformed> {
    let mut violations = Vec::new();
    let mut events = Vec::new();
    let items = read_items(body, MESSAGE, limits, &mut violations, |item, fields: &EventFields<'_>, violations| {
        events.extend(event(item, fields, violations).map(|event| (item, event)));
    })?;
    Ok(Read {
        value: EndDeviceEvents { events, received: items.received },
        alone: items.alone,
        violations,
        warnings: Vec::new(),
    })
}

/// The event, if nothing is wrong with its fields.
fn event(item: u32, fields: &EventFields<'_>, violations: &mut Vec<Violation>) -> Option<EndDeviceEvent> {
    let server = [fields.id, fields.recorded_at, fields.unmapped];
    listed::server_owned(item, SERVER_OWNED.into_iter().zip(server), violations);
    let device = fields::required(fields.device, item, "deviceId", violations)
        .and_then(|raw| fields::id(Some(raw), item, "deviceId", violations));
    let event_type = event_type(item, fields, violations);
    let created: Option<TimeStamp> = fields::required(fields.created, item, "eventDateTime", violations)
        .and_then(|raw| time(Some(raw), item, "eventDateTime", violations));
    let mrid = fields::id(fields.mrid, item, "mRID", violations);
    let usage_point = fields::id(fields.usage_point, item, "usagePointId", violations);
    let details = details(item, fields.details, violations);
    let mut said = |raw, name| text(raw, item, name, violations).map(Cow::into_owned);
    let severity = said(fields.severity, "severity");
    let description = said(fields.description, "description");
    let event_code = said(fields.event_code, "eventCode");
    let issuer_tracking_id = said(fields.issuer_tracking_id, "issuerTrackingID");
    if !whole(item, violations) {
        return None;
    }
    let (event_type, word) = event_type?;
    Some(EndDeviceEvent {
        mrid,
        device: device?,
        event_type,
        word,
        created: created?,
        severity,
        description,
        event_code,
        usage_point,
        issuer_tracking_id,
        details,
    })
}

/// What happened, and the word beside a code that no table has.
fn event_type(
    item: u32,
    fields: &EventFields<'_>,
    violations: &mut Vec<Violation>,
) -> Option<(EventType, Option<String>)> {
    let code: Option<EndDeviceEventType> = listed::code(fields.event_type_code, item, "eventTypeCode", violations);
    let Some(word) = text(fields.event_type, item, "eventType", violations) else {
        if fields::present(fields.event_type).is_none() && fields::present(fields.event_type_code).is_none() {
            let detail = "`eventType` is missing: a word such as tamperingAlert, or eventTypeCode in its place";
            violations.push(Violation::new(item, "eventType", ViolationCode::Missing, detail));
        }
        return code.map(|code| (EventType::Code(code), None));
    };
    match (EventType::from_text(&word), code) {
        (EventType::Code(meant), Some(code)) if !code.means_the_same_as(meant) => {
            let detail = format!("eventType says {word}, which is {meant}; {code} is something else");
            violations.push(Violation::new(item, "eventTypeCode", ViolationCode::CodeContradictsWords, detail));
            None
        }
        // The code's type of device may say more than the word's.
        (EventType::Code(_), Some(code)) => Some((EventType::Code(code), None)),
        (EventType::Unmapped(word), Some(code)) => Some((EventType::Code(code), Some(word))),
        (meant, None) => Some((meant, None)),
    }
}

/// Name to text, in the order sent; a number counts as the text it is spelled with.
fn details(item: u32, raw: Option<&RawValue>, violations: &mut Vec<Violation>) -> Vec<(String, String)> {
    let pairs = fields::pairs(raw, item, "details", violations).unwrap_or_default();
    let mut details = Vec::with_capacity(pairs.len());
    for (name, raw) in pairs {
        // `null` says no more than a name that is left out.
        if let Some((_, text)) = fields::text_or_number(Some(raw), item, "details", violations) {
            details.push((name.into_owned(), text.into_owned()));
        }
    }
    details
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Read<EndDeviceEvents> {
        read(body.as_bytes(), &Limits::default()).unwrap()
    }

    fn with(fields: &str) -> Read<EndDeviceEvents> {
        parse(&format!(r#"{{"deviceId":"a","eventDateTime":"2024-01-15T10:15:00Z",{fields}}}"#))
    }

    fn told(fields: &str) -> Vec<String> {
        let read = with(fields);
        assert_eq!(read.value.events.is_empty(), !read.violations.is_empty(), "{:?}", read.violations);
        read.violations.iter().map(|it| format!("{} {}", it.at.field, it.code)).collect()
    }

    #[test]
    fn the_event_of_the_document_word_for_word() {
        let read = parse(
            r#"{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","eventType":"tamperingAlert","eventDateTime":"2024-01-15T10:15:00Z","severity":"high","description":"Potential tampering detected on meter","eventCode":"TAM001"}"#,
        );
        assert!(read.alone);
        assert_eq!((read.violations, read.warnings), (vec![], vec![]));
        let expected = EndDeviceEvent {
            mrid: None,
            device: "3dc53ee5-777e-50b4-8699-a1c224d493d".parse().unwrap(),
            event_type: EventType::Code("3.12.0.257".parse().unwrap()),
            word: None,
            created: "2024-01-15T10:15:00Z".parse().unwrap(),
            severity: Some("high".into()),
            description: Some("Potential tampering detected on meter".into()),
            event_code: Some("TAM001".into()),
            usage_point: None,
            issuer_tracking_id: None,
            details: vec![],
        };
        assert_eq!(read.value, EndDeviceEvents { events: vec![(0, expected)], received: 1 });
    }

    #[test]
    fn the_type_is_a_word_known_or_not_or_a_code() {
        let kind = |fields: &str| {
            let mut read = with(fields);
            assert_eq!(read.violations, []);
            let event = read.value.events.remove(0).1;
            (event.event_type, event.word)
        };
        let code = |text: &str| EventType::Code(text.parse().unwrap());
        assert_eq!(kind(r#""eventType":"meterOnFire""#), (EventType::Unmapped("meterOnFire".into()), None));
        assert_eq!(kind(r#""eventType":"3.26.0.85""#), (code("3.26.0.85"), None));
        assert_eq!(kind(r#""eventType":"3.26""#), (EventType::Unmapped("3.26".into()), None));
        assert_eq!(kind(r#""eventTypeCode":"3.999.0.1""#), (code("3.999.0.1"), None));
        assert_eq!(kind(r#""eventType":"tamperingAlert","eventTypeCode":"0.12.0.257""#), (code("0.12.0.257"), None));
        assert_eq!(kind(r#""eventType":"fire","eventTypeCode":"3.26.0.85""#), (code("3.26.0.85"), Some("fire".into())));
    }

    #[test]
    fn every_field_is_read() {
        let mut read = with(
            r#""eventType":"tamperingAlert","usagePointId":"up","issuerTrackingID":"42","mRID":"mine","details":{"b":"x","a":1.50,"c":null}"#,
        );
        assert_eq!(read.violations, []);
        let event = read.value.events.remove(0).1;
        assert_eq!(event.mrid.unwrap().as_str(), "mine");
        assert_eq!(event.usage_point.unwrap().as_str(), "up");
        assert_eq!(event.issuer_tracking_id.as_deref(), Some("42"));
        assert_eq!(event.details, [("b".to_owned(), "x".to_owned()), ("a".to_owned(), "1.50".to_owned())]);
    }

    #[test]
    fn details_of_more_names_than_anybody_means_are_one_violation() {
        let names: Vec<_> = (0..10_001).map(|at| format!("\"{at}\":0")).collect();
        assert_eq!(
            told(&format!(r#""eventType":"tamperingAlert","details":{{{}}}"#, names.join(","))),
            ["details too-many"]
        );
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        assert_eq!(
            told(
                r#""eventTypeCode":"tampering","severity":3,"details":{"a":[]},"recordedAt":"x","unmapped":true,"sevrity":"x""#
            ),
            [
                "sevrity unknown-field",
                "recordedAt server-owned",
                "unmapped server-owned",
                "eventTypeCode invalid-code",
                "details wrong-kind",
                "severity wrong-kind",
            ]
        );
        let missing = parse(r#"{"events":[{"severity":"high"}]}"#);
        let fields: Vec<_> = missing.violations.iter().map(|it| format!("{} {}", it.at.field, it.code)).collect();
        assert_eq!(fields, ["deviceId missing", "eventType missing", "eventDateTime missing"]);
        assert_eq!(
            told(r#""eventType":"tamperingAlert","eventTypeCode":"3.26.0.85""#),
            ["eventTypeCode code-contradicts-words"]
        );
    }
}
