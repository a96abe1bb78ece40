use metering_model::TimeStamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::envelope::{
    Action, Context, Event, Header, Id, IdKind, Level, MessageNoun, Noun, Object, Operation, OperationSet, Outcome,
    Parameters, Payload, Property, ReplayDetection, Reply, ReplyCode, ReplyError, Request, Response, User, Verb,
};

/// Any text; a line's end at an end of it would be taken for layout.
fn any_text() -> BoxedStrategy<String> {
    let character = any::<char>().prop_filter(
        "XML has it",
        |it| !matches!(it, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'),
    );
    let character =
        prop_oneof![4 => character, 1 => prop::sample::select(vec!['<', '&', '\r', '\n', '\t', ' ', '"', ']', '>'])];
    vec(character, 0..12)
        .prop_map(|it| {
            let text: String = it.into_iter().collect();
            text.trim_matches(['\n', '\t', '\r', ' ']).to_owned()
        })
        .boxed()
}

fn some_text() -> impl Strategy<Value = String> {
    any_text().prop_map(|text| text + "x")
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    option::of(any_text())
}

fn any_time() -> impl Strategy<Value = TimeStamp> {
    (TimeStamp::MIN.micros()..=TimeStamp::MAX.micros()).prop_map(|it| TimeStamp::from_micros(it).unwrap())
}

fn any_noun() -> impl Strategy<Value = Noun> {
    prop_oneof![
        3 => prop::sample::select(MessageNoun::ALL).prop_map(Noun::Message),
        1 => "[A-Z][a-z]{1,8}Config".prop_map(|name| Noun::of(&name)),
    ]
}

fn any_properties() -> BoxedStrategy<Vec<Property>> {
    vec((some_text(), maybe_text()).prop_map(|(name, value)| Property { name, value }), 0..4).boxed()
}

fn any_header(
    verb: impl Strategy<Value = Verb> + 'static,
    noun: impl Strategy<Value = Noun> + 'static,
) -> BoxedStrategy<Header> {
    let ids = (option::of(some_text()), option::of(some_text()));
    let texts = (maybe_text(), maybe_text(), maybe_text(), maybe_text(), maybe_text(), ids);
    let user = option::of((some_text(), maybe_text()).prop_map(|(id, organization)| User { id, organization }));
    let replay = option::of((some_text(), any_time()).prop_map(|(nonce, created)| ReplayDetection { nonce, created }));
    let flags = (option::of(any::<bool>()), option::of(any::<bool>()));
    (verb, noun, texts, user, replay, flags, option::of(any_time()), any_properties())
        .prop_map(|(verb, noun, texts, user, replay_detection, (async_reply, ack_required), timestamp, properties)| {
            let (revision, context, source, reply_address, comment, (message_id, correlation_id)) = texts;
            Header {
                verb,
                noun,
                revision,
                replay_detection,
                context: context.map(Context::of),
                timestamp,
                source,
                async_reply,
                reply_address,
                ack_required,
                user,
                message_id,
                correlation_id,
                comment,
                properties,
            }
        })
        .boxed()
}

fn any_id() -> BoxedStrategy<Id> {
    let kind = option::of(prop::sample::select(IdKind::ALL));
    (any_text(), kind, maybe_text(), maybe_text(), maybe_text())
        .prop_map(|(value, kind, id_type, authority, object_type)| Id { value, kind, id_type, authority, object_type })
        .boxed()
}

fn any_reply() -> BoxedStrategy<Reply> {
    let object = (maybe_text(), vec(any_text(), 0..3), maybe_text()).prop_map(|(mrid, names, object_type)| Object {
        mrid,
        names,
        object_type,
    });
    let ids = (option::of(any_id()), option::of(any_id()));
    let texts = (maybe_text(), maybe_text(), maybe_text());
    let level = option::of(prop::sample::select(Level::ALL));
    let code = (any::<u16>(), any::<u16>()).prop_map(|(category, number)| ReplyCode::new(category, number));
    let error = (code, level, texts, ids, option::of(object), option::of(any::<i64>())).prop_map(
        |(code, level, (reason, details, xpath), (id, related_id), object, operation)| ReplyError {
            code,
            level,
            reason,
            details,
            xpath,
            id,
            related_id,
            object,
            operation,
        },
    );
    let outcome = prop::sample::select(Outcome::ALL);
    (outcome, vec(error, 0..4), vec(any_id(), 0..3), option::of(any::<i64>()))
        .prop_map(|(outcome, errors, ids, operation)| {
            // A failure says why.
            let outcome = if errors.is_empty() { Outcome::Ok } else { outcome };
            Reply { outcome, errors, ids, operation }
        })
        .boxed()
}

/// A message of this name, as it stands in an envelope.
fn part(name: &str, text: &str) -> Vec<u8> {
    let text: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("<{name} xmlns=\"urn:of:{name}\"><a>{text}</a><b/></{name}>").into_bytes()
}

fn any_payload(noun: Noun) -> BoxedStrategy<Payload<Vec<u8>>> {
    (any_text(), any::<bool>(), maybe_text())
        .prop_map(move |(text, compressed, format)| {
            let content = part(noun.as_str(), &text);
            if compressed { Payload::Compressed { content, format } } else { Payload::Plain(content) }
        })
        .boxed()
}

fn any_operations() -> BoxedStrategy<Payload<Vec<u8>>> {
    let verb = prop::sample::select(vec![Action::Create, Action::Change, Action::Get, Action::Delete]);
    let operation = (any::<i64>(), any_noun(), verb, any::<bool>(), maybe_text());
    let operation = operation.prop_map(|(id, noun, verb, element_operation, text)| {
        let payload = text.map(|text| part(noun.as_str(), &text));
        Operation { id, noun, verb: Verb::Do(verb), element_operation, payload }
    });
    (any::<bool>(), any::<bool>(), vec(operation, 0..5))
        .prop_map(|(enforce_message_sequence, enforce_transactional_integrity, operations)| {
            let set = OperationSet { enforce_message_sequence, enforce_transactional_integrity, operations };
            Payload::Operations(set)
        })
        .boxed()
}

fn any_parameters(ids: std::ops::Range<usize>) -> BoxedStrategy<Parameters<Vec<u8>>> {
    (option::of(any_time()), option::of(any_time()), any_properties(), vec(any_id(), ids))
        .prop_map(|(start, end, options, ids)| Parameters { start, end, options, ids, profile: None })
        .boxed()
}

fn any_request() -> BoxedStrategy<Request<Vec<u8>>> {
    let verbs = |of: &'static [Action]| prop::sample::select(of).prop_map(Verb::Do);
    let with_payload = any_noun().prop_flat_map(move |noun| {
        let header = any_header(verbs(&[Action::Create, Action::Change, Action::Delete]), Just(noun.clone()));
        (header, any_parameters(0..3), any_payload(noun).prop_map(Some))
    });
    let with_ids = (
        any_header(verbs(&[Action::Cancel, Action::Close, Action::Delete]), any_noun()),
        any_parameters(1..3),
        Just(None),
    );
    let operations = (
        any_header(Just(Verb::Do(Action::Execute)), Just(Noun::OperationSet)),
        any_parameters(0..2),
        any_operations().prop_map(Some),
    );
    let get = (any_header(Just(Verb::Do(Action::Get)), any_noun()), any_parameters(0..3), maybe_text()).prop_map(
        |(header, mut parameters, text)| {
            parameters.profile = text.map(|text| part(&format!("Get{}", header.noun), &text));
            (header, parameters, None)
        },
    );
    prop_oneof![with_payload, with_ids, operations, get]
        .prop_map(|(header, parameters, payload)| Request { header, parameters, payload })
        .boxed()
}

fn any_envelope() -> BoxedStrategy<Envelope<Vec<u8>>> {
    let response = any_noun().prop_flat_map(|noun| {
        (any_header(Just(Verb::Reply), Just(noun.clone())), any_reply(), option::of(any_payload(noun)))
    });
    let event = any_noun().prop_flat_map(|noun| {
        let verb =
            prop::sample::select(vec![Action::Create, Action::Change, Action::Cancel, Action::Close, Action::Delete]);
        (any_header(verb.prop_map(Verb::Done), Just(noun.clone())), any_payload(noun))
    });
    prop_oneof![
        any_request().prop_map(Envelope::Request),
        response.prop_map(|(header, reply, payload)| Envelope::Response(Response { header, reply, payload })),
        event.prop_map(|(header, payload)| Envelope::Event(Event { header, payload })),
        any_reply().prop_map(Envelope::Fault),
    ]
    .boxed()
}

proptest! {
    #[test]
    fn any_envelope_comes_back(envelope in any_envelope(), named: bool, of in prop::sample::select(MessageNoun::ALL)) {
        let form = match envelope.header().map(|it| &it.noun) {
            Some(Noun::Message(noun)) if named => Form::Named(*noun),
            None if named => Form::Named(of),
            _ => Form::Generic,
        };
        let mut out = Vec::new();
        write(&envelope, form, &EnvelopeNamespaces::default(), &mut out, |part, out| out.extend_from_slice(part));
        let text = String::from_utf8(out).unwrap();
        let again = read_text(&text).map_err(|refused| TestCaseError::fail(format!("{refused}\n{text}")))?;
        prop_assert!(again.tolerances.is_empty(), "{:?}\n{}", again.tolerances, text);
        prop_assert_eq!(again.form, form);
        let parts = again.envelope.try_map(|part| Ok::<_, ()>(part.text().to_vec())).unwrap();
        prop_assert_eq!(parts, envelope, "{}", text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, at in 0usize..2_000) {
        let (namespaces, limits, bounds) = (EnvelopeNamespaces::default(), Limits::default(), Bounds::default());
        let reading = Reading { namespaces: &namespaces, limits: &limits, bounds: &bounds };
        let _ = read(&bytes, &reading);
        let mut body = good::golden("request_create").as_bytes().to_vec();
        let at = at % body.len();
        body.splice(at..at, bytes);
        let _ = read(&body, &reading);
    }
}

#[test]
fn characters_that_xml_does_not_have_are_replaced() {
    let mut header = Header::new(Verb::Reply, MessageNoun::MeterReadings);
    header.comment = Some("a\u{1}b".to_owned());
    let envelope = Envelope::Response(Response { header, reply: Reply::new(Outcome::Ok), payload: None });
    let text = written(&envelope, Form::Generic);
    assert_eq!(read_text(&text).unwrap().envelope.header().unwrap().comment.as_deref(), Some("a\u{fffd}b"));
}

#[test]
fn an_envelope_about_another_noun_is_written_in_the_generic_form() {
    let header = Header::new(Verb::Reply, Noun::Other("PricingStructureConfig".to_owned()));
    let envelope = Envelope::Response(Response { header, reply: Reply::new(Outcome::Ok), payload: None });
    assert!(written(&envelope, Form::Named(MessageNoun::MeterConfig)).contains("<ResponseMessage "));
}
