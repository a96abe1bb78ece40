use super::*;
use crate::envelope::{Action, Context, IdKind, MessageNoun, Noun, Payload, Verb};
use crate::xml::tolerances::Tolerance;
use crate::xml::{Namespaces, meter_readings};

/// Each kind of envelope, as it is written.
const GOLDEN: &[(&str, &str)] = &[
    ("request_create", include_str!("../../../../tests/fixtures/envelopes/request_create.xml")),
    ("request_get", include_str!("../../../../tests/fixtures/envelopes/request_get.xml")),
    ("request_cancel", include_str!("../../../../tests/fixtures/envelopes/request_cancel.xml")),
    ("request_operations", include_str!("../../../../tests/fixtures/envelopes/request_operations.xml")),
    ("response", include_str!("../../../../tests/fixtures/envelopes/response.xml")),
    ("event", include_str!("../../../../tests/fixtures/envelopes/event.xml")),
    ("fault", include_str!("../../../../tests/fixtures/envelopes/fault.xml")),
    ("named_request", include_str!("../../../../tests/fixtures/envelopes/named_request.xml")),
    ("named_response", include_str!("../../../../tests/fixtures/envelopes/named_response.xml")),
    ("named_event", include_str!("../../../../tests/fixtures/envelopes/named_event.xml")),
    ("named_fault", include_str!("../../../../tests/fixtures/envelopes/named_fault.xml")),
];

pub(super) fn golden(name: &str) -> &'static str {
    GOLDEN.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The text without the blanks between its elements.
fn compact(text: &str) -> String {
    let mut compact = String::new();
    for line in text.lines() {
        compact.push_str(line.trim());
    }
    compact
}

#[test]
fn each_kind_of_envelope_comes_and_goes_as_it_is_written() {
    for (name, text) in GOLDEN {
        let received = read_text(text).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        assert!(received.tolerances.is_empty(), "{name}: {:?}", received.tolerances);
        assert_eq!(written(&received.envelope, received.form), compact(text), "{name}");
    }
}

#[test]
fn a_header_says_what_it_says() {
    let received = read_text(golden("request_create")).unwrap();
    let Envelope::Request(request) = received.envelope else { panic!("a request") };
    let header = &request.header;
    assert_eq!((&header.verb, &header.noun), (&Verb::Do(Action::Create), &Noun::Message(MessageNoun::MeterReadings)));
    assert_eq!(header.replay_detection.as_ref().unwrap().nonce, "b7f3-0001");
    assert_eq!(header.context, Some(Context::of("production")));
    assert_eq!(header.timestamp, Some("2024-01-15T10:20:01.25Z".parse().unwrap()));
    assert_eq!((header.async_reply, header.ack_required), (Some(true), Some(true)));
    assert_eq!(header.comment.as_deref(), Some("Night run & morning <run>"));
    assert_eq!(header.properties.len(), 2);
    let Some(Payload::Plain(part)) = request.payload else { panic!("a payload") };
    assert_eq!((part.name(), part.namespace()), ("MeterReadings", "http://iec.ch/TC57/2011/MeterReadings#"));
    let limits = Limits::default();
    let readings =
        part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits)).unwrap();
    assert_eq!(readings.read.value.readings.len(), 1);
}

#[test]
fn ids_have_kinds_and_operations_their_defaults() {
    let received = read_text(golden("request_cancel")).unwrap();
    let Envelope::Request(request) = received.envelope else { panic!("a request") };
    let kinds: Vec<_> = request.parameters.ids.iter().map(|it| (it.value.as_str(), it.kind)).collect();
    assert_eq!(kinds, [("c-1", Some(IdKind::Uuid)), ("Order 7", Some(IdKind::Name)), ("c-2", None)]);
    assert_eq!(request.parameters.ids[1].authority.as_deref(), Some("Example \"Grid\""));
    let body = self::request(
        "execute",
        "OperationSet",
        "<Payload><OperationSet><Operation><operationId>1</operationId><noun>MeterConfig</noun><verb>get</verb></Operation>\
         </OperationSet></Payload>",
    );
    let received = read_text(&body).unwrap();
    let Some(Payload::Operations(set)) = received.envelope.payload() else { panic!("operations") };
    assert_eq!((set.enforce_message_sequence, set.enforce_transactional_integrity), (false, true));
    assert!(!set.operations[0].element_operation && set.operations[0].payload.is_none());
}

#[test]
fn what_others_send_is_read_and_counted() {
    // The namespaces of a draft, prefixes from outside, any order, things nobody knows, an old verb.
    let body = r#"<?xml version="1.0"?><m:RequestMessage xmlns:m="http://www.iec.ch/TC57/2011/schema/message"
        xmlns:n="http://www.iec.ch/TC57/2011/MeterReadings#" xmlns:v="urn:vendor">
        <m:Payload><!-- one --><n:MeterReadings><n:MeterReading/></n:MeterReadings></m:Payload>
        <m:Header v:id="7"><m:Noun> MeterReadings </m:Noun><m:Verb>update</m:Verb><v:Route>x</v:Route>
            <m:Timestamp>2024-01-14T24:00:00Z</m:Timestamp><m:MessageID>m</m:MessageID></m:Header>
    </m:RequestMessage>"#;
    let received = read_text(body).unwrap();
    assert_eq!(received.namespace, "http://www.iec.ch/TC57/2011/schema/message");
    let header = received.envelope.header().unwrap();
    assert_eq!((&header.verb, header.message_id.as_deref()), (&Verb::Do(Action::Change), Some("m")));
    let counted: Vec<_> = received.tolerances.iter().map(|it| format!("{} {}", it.what, it.element)).collect();
    assert_eq!(
        counted,
        [
            "namespace-form RequestMessage",
            "order RequestMessage/Header",
            "unknown-attribute RequestMessage/Header",
            "blanks Header/Noun",
            "order Header/Verb",
            "unknown-element Header/Route",
            "synonym Header/Verb",
            "end-of-day Header/Timestamp",
        ]
    );
    let Some(Payload::Plain(part)) = received.envelope.payload() else { panic!("a payload") };
    assert_eq!(part.namespace(), "http://www.iec.ch/TC57/2011/MeterReadings#");
    let limits = Limits::default();
    let readings =
        part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits)).unwrap();
    assert_eq!(readings.tolerances.times(Tolerance::NamespaceForm), 1);
}

#[test]
fn a_selection_in_the_payload_is_put_where_it_belongs() {
    let body = request("get", "MeterReadings", &payload("GetMeterReadings"));
    let Envelope::Request(request) = read_text(&body).unwrap().envelope else { panic!("a request") };
    assert_eq!(request.payload, None);
    assert_eq!(request.parameters.profile.unwrap().name(), "GetMeterReadings");
}

#[test]
fn problems_of_a_payload_are_told_at_their_place_in_the_body() {
    let body = request("create", "MeterReadings", "\n<Payload>\n  <MeterReadings xmlns='urn:other'/></Payload>");
    let received = read_text(&body).unwrap();
    let Some(Payload::Plain(part)) = received.envelope.payload() else { panic!("a payload") };
    let limits = Limits { name: 3, ..Limits::default() };
    let told =
        part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits)).unwrap_err();
    assert_eq!(told.to_string(), "a name of more than 3 bytes at line 3, column 3");
    let limits = Limits::default();
    let told =
        part.read(&Namespaces::default(), |text, spaces| meter_readings::read(text, spaces, &limits)).unwrap_err();
    assert!(told.to_string().ends_with("this one is in `urn:other`"), "{told}");
}
