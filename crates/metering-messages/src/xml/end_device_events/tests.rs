use metering_model::{EndDeviceEvent, EndDeviceEvents, EventType, RecordedEvent, TimeStamp};
use proptest::option::of;
use proptest::prelude::*;

use super::{read, write, write_recorded};
use crate::xml::{Namespaces, Received, Tolerance};
use crate::{Limits, json};

const GOLDEN: &str = include_str!("../../../tests/fixtures/end_device_events.xml");

fn read_text(body: &str) -> Received<EndDeviceEvents> {
    read(body.as_bytes(), &Namespaces::default(), &Limits::default()).unwrap()
}

fn written(message: &EndDeviceEvents) -> (String, String) {
    let mut out = Vec::new();
    let omitted = write(message, &Namespaces::default(), &mut out);
    (String::from_utf8(out).unwrap(), omitted.to_string())
}

#[test]
fn the_golden_sample_is_read_and_written_letter_for_letter() {
    let received = read_text(GOLDEN);
    assert_eq!((received.read.violations.as_slice(), received.read.warnings.as_slice()), (&[][..], &[][..]));
    let [(0, tamper), (1, fire)] = received.read.value.events.as_slice() else { panic!("two events") };
    assert_eq!(tamper.event_code.as_deref(), Some("TAM001"));
    assert_eq!(tamper.details, [("temperature".to_owned(), "41.5".to_owned())]);
    assert_eq!(tamper.issuer_tracking_id.as_deref(), Some("disconnect-1"));
    assert_eq!(fire.event_type, EventType::Unmapped("meterOnFire".into()));
    let compact: String = GOLDEN.lines().map(str::trim).collect();
    assert_eq!(written(&received.read.value), (compact, String::new()));
}

#[test]
fn an_event_out_of_order_with_more_than_is_kept() {
    let body = "<EndDeviceEvents xmlns='http://iec.ch/TC57/2011/EndDeviceEvents#'><EndDeviceEvent>\
        <EndDeviceEventDetails><name>a</name></EndDeviceEventDetails><userID>u</userID>\
        <Assets><Names><name>n</name><NameType><name>serial</name></NameType></Names><Names><name>o</name></Names></Assets>\
        <EndDeviceEventDetails><name>eventCode</name><value>1</value></EndDeviceEventDetails>\
        <EndDeviceEventType ref='3.26.0.85'/><createdDateTime>2024-01-14T24:00:00+01:00</createdDateTime>\
        <status><value>ok</value></status>\
        <EndDeviceEventDetails><name>eventCode</name><value>2</value></EndDeviceEventDetails>\
        </EndDeviceEvent></EndDeviceEvents>";
    let received = read_text(body);
    assert_eq!(received.read.violations, []);
    let event = &received.read.value.events[0].1;
    assert_eq!((event.device.as_str(), event.event_code.as_deref()), ("n", Some("1")));
    assert_eq!(event.created.to_string(), "2024-01-14T23:00:00Z");
    assert_eq!(event.details, [("a".to_owned(), String::new()), ("eventCode".to_owned(), "2".to_owned())]);
    let counted: Vec<_> =
        received.tolerances.iter().map(|it| format!("{} {} {}", it.what, it.element, it.times)).collect();
    assert_eq!(
        counted,
        [
            "order EndDeviceEvent/userID 1",
            "not-kept EndDeviceEvent/userID 1",
            "order EndDeviceEvent/createdDateTime 1",
            "not-kept EndDeviceEvent/status 1",
            "order EndDeviceEvent/EndDeviceEventDetails 1",
            "end-of-day EndDeviceEvent/createdDateTime 1",
            "not-kept Names/NameType 1",
            "not-kept Assets/Names 1",
        ]
    );
    assert_eq!(received.tolerances.times(Tolerance::Order), 3);
}

#[test]
fn every_fault_of_an_event_is_told_at_once() {
    let body = "<EndDeviceEvents xmlns='http://iec.ch/TC57/2011/EndDeviceEvents#'><EndDeviceEvent/><EndDeviceEvent>\
        <mRID/><createdDateTime>yesterday</createdDateTime><Assets/><EndDeviceEventDetails/><EndDeviceEventType/>\
        <UsagePoint><mRID>a\u{200e}</mRID></UsagePoint></EndDeviceEvent></EndDeviceEvents>";
    let received = read_text(body);
    let told: Vec<_> =
        received.read.violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect();
    assert_eq!(
        told,
        [
            "0 eventDateTime missing",
            "0 deviceId missing",
            "0 eventTypeCode missing",
            "1 eventDateTime invalid-time",
            "1 deviceId missing",
            "1 eventTypeCode missing",
            "1 usagePointId invalid-id",
            "1 details/0 missing",
        ]
    );
    assert_eq!(received.read.value, EndDeviceEvents { events: vec![], received: 2 });
}

fn json_of(event: &EndDeviceEvent) -> serde_json::Value {
    let mut out = Vec::new();
    let event = event.clone();
    let recorded = RecordedEvent { id: "e".parse().unwrap(), event, recorded_at: TimeStamp::EPOCH };
    json::end_device_events::write_item(&recorded, &mut out);
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn a_stored_event_has_its_id_as_mrid() {
    let event = read_text(GOLDEN).read.value.events.remove(1).1;
    let recorded = RecordedEvent { id: "e-9".parse().unwrap(), event, recorded_at: TimeStamp::EPOCH };
    let mut out = Vec::new();
    assert_eq!(write_recorded(&[recorded], &Namespaces::default(), &mut out).to_string(), "recordedAt");
    assert!(String::from_utf8(out).unwrap().contains("<mRID>e-9</mRID><createdDateTime>"));
}

fn any_id() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[^\\p{C}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]{1,12}").unwrap()
}

fn any_event() -> impl Strategy<Value = EndDeviceEvent> {
    let time = (TimeStamp::MIN.micros()..=TimeStamp::MAX.micros()).prop_map(|it| TimeStamp::from_micros(it).unwrap());
    let kind = prop_oneof![
        any::<[u16; 4]>().prop_map(|[a, b, c, d]| format!("{a}.{b}.{c}.{d}")),
        "[ \t]?[a-zA-Z][a-zA-Z \t\n]{0,8}",
        Just("tamperingAlert".to_owned()),
    ];
    let text = any::<String>;
    let details = proptest::collection::vec((text(), text()), 0..4);
    (of(any_id()), any_id(), kind, of("[a-z]{1,5}"), time, of(text()), of(text()), of(text()), of(any_id()), details)
        .prop_map(|(mrid, device, kind, word, created, severity, description, event_code, usage_point, details)| {
            EndDeviceEvent {
                mrid: mrid.map(|it| it.parse().unwrap()),
                device: device.parse().unwrap(),
                event_type: EventType::from_text(&kind),
                word: word.filter(|_| matches!(EventType::from_text(&kind), EventType::Code(_))),
                created,
                severity,
                issuer_tracking_id: description.clone(),
                description,
                event_code,
                usage_point: usage_point.map(|it| it.parse().unwrap()),
                details,
            }
        })
}

proptest! {
    #[test]
    fn any_event_comes_back_but_for_what_is_named(event in any_event()) {
        let message = EndDeviceEvents { events: vec![(0, event.clone())], received: 1 };
        let (text, omitted) = written(&message);
        let received = read_text(&text);
        prop_assert_eq!(&received.read.violations, &[]);
        // Blanks around a word are read past.
        let blanks = omitted.contains("eventType") && received.tolerances.iter().all(|it| it.what == Tolerance::Blanks);
        prop_assert!(received.tolerances.is_empty() || blanks, "{:?} {}", received.tolerances, text);
        if omitted.is_empty() {
            prop_assert_eq!(&received.read.value.events[0].1, &event);
        }
        let (mut was, mut is) = (json_of(&event), json_of(&received.read.value.events[0].1));
        // Whether a word is of no table is said with the word.
        let unmapped = if omitted.contains("eventType") { ", unmapped" } else { "" };
        for name in format!("{omitted}{unmapped}").split(", ") {
            for json in [&mut was, &mut is] {
                json.as_object_mut().unwrap().remove(name);
            }
        }
        prop_assert_eq!(was, is);
    }
}
