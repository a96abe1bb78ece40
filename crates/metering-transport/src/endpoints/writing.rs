//! Writing: one way for every message, and one answer, the receipt.

use std::future::{Ready, ready};
use std::sync::{Arc, OnceLock};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use metering_messages::json::receipt::{self, Told};
use metering_messages::xml::envelope::is_envelope;
use metering_messages::xml::{Namespaces, Places, Received};
use metering_messages::{Limits, Malformed, Read};
use metering_model::{Counts, Violation};
use metering_persistence::{Answer, Change, Error as StoreError};
use metering_validation::{Facts, Valid};

use super::{messages, pages};
use crate::auth::Allowed;
use crate::content::{Body, Format, Notation, Parsed};
use crate::metrics;
use crate::openapi::{self, Header, Link, Operation};
use crate::problem::Problem;
use crate::state::State;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What the head says of how to write. It is looked at once the body is there, for a fault in it
/// stands behind those of formats and sizes.
#[derive(Debug)]
pub(super) struct Writing {
    key: Result<Option<String>, Problem>,
    /// All or nothing.
    pub(super) strict: bool,
}

impl FromRequest for Writing {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let headers = request.headers();
        ready(Ok(Self { key: idempotency_key(headers), strict: is_strict(headers) }))
    }
}

impl Writing {
    /// The `Idempotency-Key`, if there is a good one.
    pub(super) fn key(&self) -> Result<Option<String>, Problem> {
        self.key.clone()
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY);
    let Some(value) = values.next() else { return Ok(None) };
    let bytes = value.as_bytes();
    if values.next().is_some() || !(1..=255).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_graphic) {
        let detail = "`Idempotency-Key` is one text of 1 to 255 visible ASCII characters";
        return Err(Problem::header("Idempotency-Key", "invalid-text", detail));
    }
    Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
}

/// Whether `Prefer: handling=strict` was said. Other preferences are left alone, as RFC 7240 has it.
fn is_strict(headers: &HeaderMap) -> bool {
    let preferences = headers.get_all(PREFER).filter_map(|value| value.to_str().ok()).flat_map(|it| it.split(','));
    // The first of one name counts.
    let mut handling = preferences.filter_map(|preference| {
        let (name, value) = preference.split(';').next()?.split_once('=')?;
        name.trim().eq_ignore_ascii_case("handling").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    handling.next().is_some_and(|value| value == "strict")
}

/// One noun's way from the body to the store.
pub(super) struct Message<M, R> {
    /// The name of its list.
    pub(super) list: &'static str,
    /// Where one of its items is found again; `None` where items do not come back.
    pub(super) items: Option<Items<R>>,
    /// How many items a message had.
    pub(super) received: fn(&M) -> u32,
}

/// How stored items come back.
pub(super) struct Items<R> {
    /// The path they are under.
    pub(super) path: &'static str,
    /// The id of one.
    pub(super) id: fn(&R) -> &str,
    /// The one as JSON.
    pub(super) write: fn(&R, &mut Vec<u8>),
}

// Written by hand: a derive would ask the same of the message.
impl<R> Clone for Items<R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Items<R> {}

/// A body in its notation, with the bounds it is read within.
pub(super) enum Sent<'b> {
    /// Of JSON.
    Json(&'b [u8], &'b Limits),
    /// Of XML.
    Xml(&'b [u8], &'b Namespaces, &'b Limits),
}

/// How bodies are read.
#[derive(Debug, Clone)]
pub(super) struct Readers {
    limits: Limits,
    namespaces: Namespaces,
}

impl Readers {
    /// As the settings say.
    pub(super) fn of(state: &State) -> Self {
        Self { limits: state.limits(), namespaces: state.config().namespaces.clone() }
    }

    /// The bounds that messages are read within.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The namespaces of the standard's messages.
    pub(super) fn namespaces(&self) -> &Namespaces {
        &self.namespaces
    }

    /// What was sent.
    pub(super) fn sent<'b>(&'b self, notation: Notation, bytes: &'b [u8]) -> Sent<'b> {
        match notation {
            Notation::Json => Sent::Json(bytes, &self.limits),
            Notation::Xml => Sent::Xml(bytes, &self.namespaces, &self.limits),
        }
    }
}

/// What could be read of a body, and where its items are if it was of XML.
pub(super) struct Readable<M> {
    /// What could be read.
    pub(super) read: Read<M>,
    places: Option<Places>,
}

impl<M> From<Read<M>> for Readable<M> {
    fn from(read: Read<M>) -> Self {
        Self { read, places: None }
    }
}

impl<M> From<Received<M>> for Readable<M> {
    fn from(received: Received<M>) -> Self {
        Self { read: received.read, places: Some(received.places) }
    }
}

/// What the rules left of a message.
pub(super) struct Checked<M> {
    message: Valid<M>,
    received: u32,
    list: String,
    alone: bool,
    pub(super) places: Option<Places>,
    violations: Vec<Violation>,
    warnings: Vec<Violation>,
}

/// How a message came.
enum Came<M> {
    /// By itself.
    Alone(Checked<M>),
    /// In an envelope.
    Enveloped(Box<Result<messages::Asked, messages::Unread>>),
}

/// What became of the items of a message.
pub(super) struct Stored<R> {
    /// How many met which fate.
    pub(super) counts: Counts,
    /// The items as they are stored, where they come back.
    pub(super) recorded: Vec<R>,
    /// Why items were rejected, in their order.
    pub(super) violations: Vec<Violation>,
    /// What deserves a look.
    pub(super) warnings: Vec<Violation>,
}

impl<M> Checked<M> {
    /// Checks what was read; `list` is what its list is called in JSON.
    pub(super) fn of(
        readable: Readable<M>,
        (list, received): (&str, fn(&M) -> u32),
        facts: &Facts,
        check: impl FnOnce(M, &Facts, &mut Vec<Violation>, &mut Vec<Violation>) -> Valid<M>,
    ) -> Self {
        let Readable { read, places } = readable;
        let Read { value, alone, mut violations, mut warnings } = read;
        let received = received(&value);
        let message = check(value, facts, &mut violations, &mut warnings);
        // Of XML a receipt keeps the name of the message, so that places can be told in its notation.
        let list = match &places {
            Some(places) => places.noun().to_owned(),
            None if alone => String::new(),
            None => list.to_owned(),
        };
        Self { message, received, list, alone, places, violations, warnings }
    }

    /// Stores the items that may be stored.
    ///
    /// # Errors
    /// [`StoreError::Rejected`] where all are rejected, or one in strict handling; those of the store.
    pub(super) fn store<R>(
        self,
        change: &mut Change<'_>,
        strict: bool,
        store: impl FnOnce(
            &mut Change<'_>,
            &Valid<M>,
            &mut Vec<Violation>,
            &mut Vec<Violation>,
        ) -> metering_persistence::Result<(Counts, Vec<R>)>,
    ) -> metering_persistence::Result<Stored<R>> {
        let Self { message, received, mut violations, mut warnings, .. } = self;
        let (mut counts, recorded) = store(change, &message, &mut violations, &mut warnings)?;
        counts.received = received;
        counts.rejected = rejected(&violations);
        violations.sort_by_key(|it| it.at.item);
        if refused(strict, received, counts.rejected) {
            return Err(StoreError::Rejected(violations));
        }
        Ok(Stored { counts, recorded, violations, warnings })
    }
}

/// Reads, checks and stores a message.
///
/// What is answered 2xx is on the disk. Rejected items are named, the others stored; none is
/// stored where all are rejected, or one in strict handling.
pub(super) async fn submit<P, M, R, Reads, Checks, Stores>(
    (caller, state): (&Allowed<P>, &State),
    (writing, format, body): (Writing, Format, Body),
    noun: Message<M, R>,
    read: Reads,
    check: Checks,
    store: Stores,
) -> Result<HttpResponse, Problem>
where
    M: Send + 'static,
    R: 'static,
    Reads: FnOnce(Sent<'_>) -> Result<Readable<M>, Malformed> + Send + 'static,
    Checks: FnOnce(M, &Facts, &mut Vec<Violation>, &mut Vec<Violation>) -> Valid<M> + Send + 'static,
    Stores: FnOnce(
            &mut Change<'_>,
            &Valid<M>,
            &mut Vec<Violation>,
            &mut Vec<Violation>,
        ) -> metering_persistence::Result<(Counts, Vec<R>)>
        + Send
        + 'static,
{
    let key = writing.key()?;
    let Message { list, items, received } = noun;
    let reader = messages::Reader::of(state, &caller.some(), writing.strict, Some(list));
    let apart = body.is_envelope(&reader.readers.limits);
    let work = move |notation, bytes: &[u8]| {
        if notation == Notation::Xml && is_envelope(bytes, &reader.readers.limits) {
            return Ok(Came::Enveloped(Box::new(reader.read(bytes, messages::Around::Nothing))));
        }
        let readable = read(reader.readers.sent(notation, bytes))?;
        Ok(Came::Alone(Checked::of(readable, (list, received), &reader.facts, check)))
    };
    // What an envelope carries may be compressed.
    let parsed = if apart { body.parse_apart(state, work).await? } else { body.parse(state, work).await? };
    let Parsed { value, sha256, share } = parsed;
    let mut checked = match value {
        Came::Alone(checked) => checked,
        Came::Enveloped(read) => {
            return messages::told((&caller.some(), state), format, key, Parsed { value: *read, sha256, share }).await;
        }
    };
    let (list_as_sent, received, strict) = (checked.list.clone(), checked.received, writing.strict);
    // With a key the store has the first word: what was answered once is answered again.
    if key.is_none() && refused(strict, received, rejected(&checked.violations)) {
        state.recent_items().rejected(rejected(&checked.violations), caller);
        return Err(rejection(strict, &list_as_sent, received, &checked.violations));
    }
    let counted = Arc::new(OnceLock::new());
    let count = Arc::clone(&counted);
    let work = move |change: &mut Change<'_>| {
        // The message takes room until it is stored.
        let _share = share;
        let (alone, list_as_sent) = (checked.alone, checked.list.clone());
        let places = checked.places.take();
        let Stored { counts, recorded, violations, warnings } = checked.store(change, strict, store)?;
        let receipt = change.receipt(&list_as_sent, counts, &violations, &warnings)?;
        let _ = count.set(counts);
        let mut body = Vec::new();
        receipt::open_at(&receipt, Told::First, places.as_ref(), &mut body);
        let mut location = None;
        if let Some(items) = items {
            write_items(list, &recorded, items, &mut body);
            let one = recorded.first().filter(|_| alone);
            location = one.map(|one| format!("{}/{}", items.path, pages::encoded((items.id)(one))));
        }
        receipt::close(&mut body);
        Ok(Answer { status: status(&counts), body, location, etag: None })
    };
    match state.change(caller.exchange(), sha256, key, work).await {
        Ok(answered) => {
            if let Some(counts) = counted.get() {
                metrics::items(list, counts);
                state.recent_items().rejected(counts.rejected, caller);
                // Of all nouns readings alone do not come back item by item.
                if items.is_none() {
                    state.recent_items().accepted(counts.received - counts.rejected, state.uptime());
                }
            }
            Ok(pages::committed(format, "receipt", answered, strict))
        }
        Err(StoreError::Rejected(violations)) => {
            state.recent_items().rejected(rejected(&violations), caller);
            Err(rejection(strict, &list_as_sent, received, &violations))
        }
        Err(error) => Err(error.into()),
    }
}

/// What every message that writes takes and answers; the answer's schema is called `answer`, and
/// `links` lead to its items.
pub(super) fn receipts(operation: Operation, answer: &str, links: &[Link]) -> Operation {
    let operation = operation.query(&[]).header(Header::Prefer).writes();
    let mut headers = vec![Header::PreferenceApplied, Header::Replayed];
    if !links.is_empty() {
        headers.push(Header::Location);
    }
    let links: Vec<Link> = std::iter::once(openapi::link_to_receipt()).chain(links.iter().cloned()).collect();
    [
        (200, "All of it was known already."),
        (201, "Something new was stored, and nothing was rejected."),
        (207, "A part was rejected; the rest is stored."),
    ]
    .into_iter()
    .fold(operation, |operation, (status, meaning)| {
        operation.answers_with(openapi::Answer {
            status,
            meaning: meaning.into(),
            content: openapi::message(answer.to_owned()),
            headers: headers.clone(),
            links: links.clone(),
        })
    })
}

/// Nothing was stored; where strict handling was asked for, that it was applied.
fn rejection(strict: bool, list: &str, received: u32, violations: &[Violation]) -> Problem {
    let problem = Problem::rejected(list, received, violations);
    if strict { problem.with(pages::PREFERENCE_APPLIED, HeaderValue::from_static(pages::STRICT)) } else { problem }
}

/// Appends `,"LIST":[...]`.
fn write_items<R>(list: &str, recorded: &[R], items: Items<R>, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(list.as_bytes());
    out.extend_from_slice(b"\":[");
    for (at, one) in recorded.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        (items.write)(one, out);
    }
    out.push(b']');
}

/// Whether nothing of the message is to be stored.
fn refused(strict: bool, received: u32, rejected: u32) -> bool {
    rejected > 0 && (strict || rejected >= received)
}

/// How many items broke a rule; one may break several.
pub(super) fn rejected(violations: &[Violation]) -> u32 {
    let mut items: Vec<u32> = violations.iter().map(|it| it.at.item).collect();
    items.sort_unstable();
    items.dedup();
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// The status of a receipt.
fn status(counts: &Counts) -> u16 {
    if counts.rejected > 0 {
        207
    } else if counts.changed_something() {
        201
    } else {
        200
    }
}

#[cfg(test)]
mod tests {
    use metering_model::ViolationCode;

    use super::*;

    fn headers(name: &HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        values.iter().for_each(|it| headers.append(name.clone(), HeaderValue::from_bytes(it.as_bytes()).unwrap()));
        headers
    }

    #[test]
    fn an_idempotency_key_is_one_short_visible_text() {
        let key = |values: &[&str]| idempotency_key(&headers(&IDEMPOTENCY_KEY, values));
        assert_eq!(key(&[]).unwrap(), None);
        assert_eq!(key(&["\"8e03978e\""]).unwrap().as_deref(), Some("\"8e03978e\""));
        for values in [&[""][..], &["a b"], &["\u{e4}"], &["a", "a"], &[&"x".repeat(256)]] {
            assert!(key(values).is_err(), "{values:?}");
        }
    }

    #[test]
    fn strict_handling_is_asked_for_in_any_spelling_of_it() {
        let strict = |values: &[&str]| is_strict(&headers(&PREFER, values));
        for values in [
            &["handling=strict"][..],
            &["Handling=\"strict\""],
            &["return=minimal, handling=strict; x=1"],
            &["respond-async", "handling = strict"],
        ] {
            assert!(strict(values), "{values:?}");
        }
        for values in [&[][..], &["handling=lenient"], &["strict"], &["handling=lenient, handling=strict"]] {
            assert!(!strict(values), "{values:?}");
        }
    }

    #[test]
    fn the_status_tells_what_became_of_the_items() {
        let counts = |inserted, unchanged, kept, rejected| Counts {
            received: 4,
            inserted,
            unchanged,
            superseded: 0,
            kept,
            rejected,
        };
        assert_eq!(status(&counts(1, 3, 0, 0)), 201);
        assert_eq!(status(&counts(0, 3, 1, 0)), 201);
        assert_eq!(status(&counts(0, 4, 0, 0)), 200);
        assert_eq!(status(&counts(0, 3, 0, 1)), 207);
        assert!(!refused(false, 4, 3) && refused(false, 4, 4) && refused(true, 4, 1));
        assert!(!refused(true, 0, 0), "an empty list is no fault");
    }

    #[test]
    fn an_item_that_breaks_two_rules_is_one_rejected_item() {
        let broken = |item| Violation::new(item, "value", ViolationCode::Missing, "");
        assert_eq!(rejected(&[broken(3), broken(1), broken(3)]), 2);
    }
}
