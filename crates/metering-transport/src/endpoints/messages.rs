//! `/messages`: any message in an envelope of IEC 61968-100; its noun and verb say what is done.
//!
//! What a message does is what the endpoint of its noun does, and the same functions do it. All that
//! a message wants, a whole set of operations too, is one change of the store.

use std::sync::{Arc, OnceLock};

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use metering_messages::envelope::{Header, Outcome, Payload, Property, Refusal, Replay, Reply, Response, Seen, Window};
use metering_messages::xml::envelope::{EnvelopeNamespaces, Form, Refused, write};
use metering_model::{Counts, Sha256};
use metering_persistence::{Answer, Change, Error as StoreError, Snapshot, nonces, owed_replies};
use sha2::Digest as _;
use uuid::Uuid;

use super::end_device_controls::permits;
use super::writing::Writing;
use super::{at, pages};
use crate::admission::Share;
use crate::auth::AllowedSome;
use crate::content::{Body, Format, Notation, Parsed};
use crate::metrics;
use crate::parameters::Query;
use crate::problem::{Kind, Problem};
use crate::state::State;

mod asked;
mod found;
mod operations;
mod replied;
mod tasks;

pub(super) use asked::{Around, Asked, Reader, Unread};
pub(super) use operations::{LATER, operations};
pub(super) use replied::{To, Told, refusal};

use asked::What;
use found::Wanted;
use tasks::{Means, Tasks};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(at("/messages").route(web::post().to(take)));
}

async fn take(
    caller: AllowedSome,
    state: Data<State>,
    writing: Writing,
    query: Query,
    body: Body,
    format: Format,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    if body.notation() != Notation::Xml {
        return Err(Problem::new(Kind::UnsupportedMediaType, "an envelope is sent as `application/xml` or `text/xml`"));
    }
    let key = writing.key()?;
    let parsed = read(&caller, &state, &writing, body, Around::Nothing).await?;
    told((&caller, &state), format, key, parsed).await
}

/// Reads the message in a body; `around` says what it is in.
pub(super) async fn read(
    caller: &AllowedSome,
    state: &State,
    writing: &Writing,
    body: Body,
    around: Around,
) -> Result<Parsed<Result<Asked, Unread>>, Problem> {
    let reader = Reader::of(state, caller, writing.strict, None);
    body.parse_apart(state, move |_, bytes| Ok(reader.read(bytes, around))).await
}

/// Does what an envelope wants that nothing is around, and tells what became of it.
pub(super) async fn told(
    caller: (&AllowedSome, &State),
    format: Format,
    key: Option<String>,
    Parsed { value, sha256, share }: Parsed<Result<Asked, Unread>>,
) -> Result<HttpResponse, Problem> {
    if format == Format::Json {
        return Err(Problem::new(Kind::NotAcceptable, "the answer to an envelope is `application/xml`"));
    }
    let told = match value {
        Ok(asked) => answer(caller, key, Parsed { value: asked, sha256, share }).await,
        Err(Unread::Envelope(refused)) => Told::of_refused(*refused, caller.1.now()),
        // Only what is around an envelope has faults.
        Err(Unread::Fault(fault)) => return Err(Problem::new(Kind::Malformed, fault.reason)),
    };
    if let Some(later) = later(caller, &told.to, replied::XML, &told.body).await {
        return Ok(later);
    }
    Ok(told.response())
}

/// That the answer comes later, if it goes to an address and is owed there now. What cannot be stored
/// is told at once.
pub(super) async fn later(
    (caller, state): (&AllowedSome, &State),
    to: &To,
    content_type: &'static str,
    body: &[u8],
) -> Option<HttpResponse> {
    let To::Address(address) = to else { return None };
    let request = state.own_request(&caller.organisation, ("REPLY", "/messages"));
    let (address, body) = (address.clone(), body.to_vec());
    let owed = state.store().change(request, move |change| {
        owed_replies::owe(change, &address, content_type, &body)?;
        Ok(Answer { status: 202, ..Answer::default() })
    });
    let stored = match owed {
        Ok(committing) => committing.await,
        Err(error) => Err(error),
    };
    match stored {
        Ok(_) => Some(replied::accepted()),
        Err(error) => {
            let request = &caller.exchange().request_id;
            tracing::warn!(request, "a reply is told at once, for it cannot be owed: {error}");
            None
        }
    }
}

/// Does what the message wants.
pub(super) async fn answer(
    (caller, state): (&AllowedSome, &State),
    key: Option<String>,
    Parsed { value, sha256, share }: Parsed<Asked>,
) -> Told {
    let Asked { header, form, what } = value;
    let call = Call { caller, state, header, form };
    match what {
        // Nothing was taken on, so nothing comes later.
        Err(reply) => call.refuse(reply).addressed(To::sender(call.header.wants_answer())),
        Ok((What::Get(wanted), to)) => call.get(*wanted).await.addressed(to),
        Ok((What::Do(tasks), to)) => call.change(tasks, key, (sha256, share)).await.addressed(to),
    }
}

/// A message whose header was read.
struct Call<'c> {
    caller: &'c AllowedSome,
    state: &'c State,
    header: Header,
    form: Form,
}

impl Call<'_> {
    /// The answer that nothing was done.
    fn refuse(&self, reply: Reply) -> Told {
        let status = replied::status(&reply, false);
        let header = self.header.answer(&Uuid::now_v7().to_string(), self.state.now());
        Told::new(status, written(header, reply, None, self.form))
    }

    /// The same, as the refusal of an endpoint tells it.
    fn refuse_as(&self, problem: &Problem) -> Told {
        problem.log(&self.caller.exchange().request_id);
        let (refusal, status) = replied::refusal(problem);
        Told { status, headers: problem.headers().to_vec(), ..self.refuse(refusal.into_reply()) }
    }

    async fn get(&self, wanted: Wanted) -> Told {
        // It says when it was made; that it comes again does no harm.
        let at = self.caller.exchange().at;
        if let Err(refusal) = Replay::decide(&self.header, Seen::default(), at, &Window::default()) {
            return self.refuse(refusal.into_reply());
        }
        let (header, form) = (self.header.answer(&Uuid::now_v7().to_string(), self.state.now()), self.form);
        let namespaces = self.state.config().namespaces.clone();
        let work = move |snapshot: &mut Snapshot<'_>| {
            let found = wanted.find(snapshot, &namespaces)?;
            let mut header = header;
            header.properties = found.properties;
            let status = replied::status(&found.reply, false);
            let omitted = pages::omitted(&found.omitted);
            let told = Told::new(status, written(header, found.reply, found.message, form));
            Ok(Told { headers: omitted.into_iter().collect(), ..told })
        };
        match self.state.read(&self.caller.organisation, work).await {
            Ok(told) => told,
            Err(problem) => self.refuse_as(&problem),
        }
    }

    async fn change(&self, tasks: Tasks, key: Option<String>, (sha256, share): (Sha256, Share)) -> Told {
        let (header, form) = (self.header.clone(), self.form);
        let key = header.message_id.as_deref().map(key_of).or(key);
        let means = Means { permits: permits(self.caller), rules: self.state.config().rules.clone() };
        let refused = Arc::new(OnceLock::new());
        let counted = Arc::new(OnceLock::new());
        let (refuse, count) = (Arc::clone(&refused), Arc::clone(&counted));
        // With a key the store has the first word: what was answered once is answered again, and only
        // what is new is asked whether it is.
        let work = move |change: &mut Change<'_>| {
            // The message takes room until it is stored.
            let _share = share;
            if let Err(refusal) = new_by_its_nonce(change, &header)? {
                let _ = refuse.set((refusal.into_reply(), 0));
                return Err(StoreError::Rejected(Vec::new()));
            }
            let done = tasks.run(change, &means)?;
            if done.reply.outcome == Outcome::Failed {
                let _ = refuse.set((done.reply, done.rejected));
                return Err(StoreError::Rejected(Vec::new()));
            }
            let mut told = header.answer(&change.new_id(), change.recorded_at());
            told.properties.extend(done.receipt.map(|id| Property { name: "receipt".to_owned(), value: Some(id) }));
            let status = replied::status(&done.reply, done.changed);
            let _ = count.set(done.counts);
            Ok(Answer { status, body: written(told, done.reply, None, form), ..Answer::default() })
        };
        let answered = self.state.change(self.caller.exchange(), sha256, key, work).await;
        if let Some(counts) = counted.get().filter(|_| answered.is_ok()) {
            self.count(counts);
        }
        match answered {
            Ok(answered) => Told::of(answered),
            Err(error) => match (error, refused.get()) {
                (StoreError::Rejected(_), Some((reply, rejected))) => {
                    self.state.recent_items().rejected(*rejected, self.caller);
                    self.refuse(reply.clone())
                }
                (error, _) => self.refuse_as(&Problem::of_store(error)),
            },
        }
    }

    /// Measures what was stored, as the endpoints of the nouns do.
    fn count(&self, counts: &[(&'static str, Counts)]) {
        for (list, counts) in counts {
            metrics::items(list, counts);
            self.state.recent_items().rejected(counts.rejected, self.caller);
            if *list == "readings" {
                self.state.recent_items().accepted(counts.received - counts.rejected, self.state.uptime());
            }
        }
    }
}

/// Whether no message came with this one's nonce before. The change remembers the nonce: where it is
/// undone, nothing came of the message, and it may come again.
fn new_by_its_nonce(change: &mut Change<'_>, header: &Header) -> Result<Result<(), Refusal>, StoreError> {
    let nonce = header.replay_detection.as_ref().map(|it| Sha256(sha2::Sha256::digest(&it.nonce).into()));
    let seen = nonce.as_ref().map_or(Ok(false), |nonce| nonces::seen(change, nonce))?;
    let seen = Seen { message_id: false, nonce: seen };
    match (Replay::decide(header, seen, change.received_at(), &Window::default()), nonce) {
        (Err(refusal), _) => return Ok(Err(refusal)),
        (Ok(Replay::New { remember_until }), Some(nonce)) => nonces::remember(change, &nonce, remember_until)?,
        _ => {}
    }
    Ok(Ok(()))
}

/// The idempotency key that a `MessageID` is.
fn key_of(message_id: &str) -> String {
    let key = format!("message:{message_id}");
    if key.len() <= 255 && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return key;
    }
    format!("message-sha256:{}", Sha256(sha2::Sha256::digest(message_id.as_bytes()).into()))
}

/// The answer as it is sent, and kept.
fn written(header: Header, reply: Reply, message: Option<Vec<u8>>, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    let response = Response { header, reply, payload: message.map(Payload::Plain) };
    let envelope = metering_messages::envelope::Envelope::Response(response);
    write(&envelope, form, &EnvelopeNamespaces::default(), &mut out, |message, out| out.extend_from_slice(message));
    out
}

/// What a refused envelope is answered with.
fn of_refused(refused: Refused, now: metering_model::TimeStamp) -> Vec<u8> {
    let form = refused.form;
    let envelope = refused.into_answer::<()>(&Uuid::now_v7().to_string(), now);
    let mut out = Vec::new();
    write(&envelope, form, &EnvelopeNamespaces::default(), &mut out, |(), _| {});
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_of_any_text_is_a_key() {
        assert_eq!(key_of("m-1"), "message:m-1");
        for long in ["x".repeat(300), "a b".to_owned(), "\u{e4}".to_owned(), String::new() + "\n"] {
            let key = key_of(&long);
            assert!(key.starts_with("message-sha256:") && key.len() == 79, "{key}");
        }
        assert_ne!(key_of("a b"), key_of("a  b"));
    }
}
