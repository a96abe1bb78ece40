//! Envelopes in: what is in them is cut out, and what does not go together is refused.

use metering_model::{Excerpt, TimeStamp};

use super::Reading;
use super::copy::twice;
use super::part::{Around, Part};
use super::root::{Form, Kind, RootName};
use crate::envelope::{
    Action, Envelope, Event, Header, Noun, Parameters, Payload, Refusal, ReplyCode, Request, Response, Verb,
};
use crate::xml::Namespaces;
use crate::xml::tolerances::Tolerances;
use crate::xml::walk::any::{Node, Root};
use crate::xml::walk::{Step, Walk};
use crate::{Limits, Malformed};

/// An envelope as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received<'a> {
    /// What it says, and the pieces of the body that it carries.
    pub envelope: Envelope<Part<'a>>,
    /// How it is called; an answer is best called the same way.
    pub form: Form,
    /// The namespace it is in.
    pub namespace: String,
    /// In which ways it departs from the schema.
    pub tolerances: Tolerances,
}

/// Why an envelope was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The reason, as a reply tells it.
    pub refusal: Refusal,
    /// Where the text is no XML, or larger than allowed.
    pub malformed: Option<Malformed>,
    /// The header, if it could be read by then: the refusal can be answered by a response.
    pub header: Option<Header>,
    /// How the envelope is called.
    pub form: Form,
}

impl Refused {
    /// The answer that tells it: a response where the header of a request or of an event could be
    /// read, else a fault.
    #[must_use]
    pub fn into_answer<P>(self, message_id: &str, now: TimeStamp) -> Envelope<P> {
        let reply = self.refusal.into_reply();
        match self.header {
            // Nothing is answered to an answer.
            Some(header) if header.verb != Verb::Reply => {
                Envelope::Response(Response { header: header.answer(message_id, now), reply, payload: None })
            }
            _ => Envelope::Fault(reply),
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.refusal.fmt(f)
    }
}

impl std::error::Error for Refused {}

/// Reads an envelope.
///
/// # Errors
/// [`Refused`] where the body is no XML, no envelope, or one whose pieces do not go together.
pub fn read<'a>(body: &'a [u8], reading: &Reading<'_>) -> Result<Received<'a>, Box<Refused>> {
    read_around(Around::nothing(body), reading)
}

/// Reads an envelope that stands in another document: in the body of a SOAP message.
///
/// # Errors
/// As [`read`].
pub fn read_part<'a>(part: &'a Part<'_>, reading: &Reading<'_>) -> Result<Received<'a>, Box<Refused>> {
    read_around(part.around(), reading)
}

/// Whether a body is an envelope, by the name of its root element; nothing behind that is looked at.
///
/// ```
/// use metering_messages::{Limits, xml::envelope::is_envelope};
///
/// assert!(is_envelope(b"<m:RequestMessage xmlns:m='urn:m'>", &Limits::default()));
/// assert!(!is_envelope(b"<MeterReadings/>", &Limits::default()));
/// ```
#[must_use]
pub fn is_envelope(body: &[u8], limits: &Limits) -> bool {
    let none = Namespaces::default();
    let root = Root::read(body, "", &none, limits);
    root.is_ok_and(|root| RootName::of(root.name()).is_some())
}

/// Why the reading stops.
pub(super) enum Stop {
    Malformed(Malformed),
    Refusal(Refusal),
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

/// What is read so far.
///
/// What is cut out of the body (`'a`) outlives the walk through it (`'w`).
pub(super) struct Reader<'a, 'w> {
    pub(super) walk: Walk<'w>,
    pub(super) around: Around<'a>,
    pub(super) reading: Reading<'w>,
    /// Whether the envelope is called after what it carries, and is in two namespaces therefore.
    named: bool,
    /// The header, as soon as an answer can be made of it.
    pub(super) header: Option<Header>,
}

impl<'w> Reader<'_, 'w> {
    /// The next step.
    pub(super) fn node(&mut self) -> Result<Node<'w>, Malformed> {
        self.walk.node(self.named).map_err(|malformed| self.around.shifted(malformed))
    }
}

fn read_around<'a>(around: Around<'a>, reading: &Reading<'_>) -> Result<Received<'a>, Box<Refused>> {
    let mut header = None;
    let mut form = Form::Generic;
    read_into(around, reading, &mut header, &mut form).map_err(|stop| {
        let (refusal, malformed) = match stop {
            Stop::Refusal(refusal) => (refusal, None),
            Stop::Malformed(malformed) => {
                let code = match malformed {
                    Malformed::TooManyItems { .. } => ReplyCode::TOO_MANY_ITEMS,
                    _ => ReplyCode::AGAINST_SCHEMA,
                };
                (Refusal::new(code, malformed.to_string()), Some(malformed))
            }
        };
        Box::new(Refused { refusal, malformed, header, form })
    })
}

fn read_into<'a>(
    around: Around<'a>,
    reading: &Reading<'_>,
    header: &mut Option<Header>,
    form: &mut Form,
) -> Result<Received<'a>, Stop> {
    // What is compressed may be long; every other text is looked at again.
    let limits = Limits { text: around.text().len().max(reading.limits.text), ..*reading.limits };
    let shifted = |malformed| Stop::from(around.shifted(malformed));
    let generic = reading.namespaces.message.within(around.declared);
    let root = Root::read(around.text(), "", &generic, &limits).map_err(shifted)?;
    let Some(name) = RootName::of(root.name()) else {
        let detail = format!(
            "an envelope is expected (`RequestMessage`, `ResponseMessage`, `EventMessage`, `FaultMessage`, \
             `CreateMeterReadings` and its like), not `{}`",
            Excerpt(root.name())
        );
        return Err(Malformed::Message(detail).into());
    };
    *form = name.form;
    let Form::Named(noun) = name.form else {
        return Reader::enter(root, around, reading, &name)?.end(name, header);
    };
    let named = reading.namespaces.named.and(&reading.namespaces.message).within(around.declared);
    let root = Root::read(around.text(), noun.as_str(), &named, &limits).map_err(shifted)?;
    Reader::enter(root, around, reading, &name)?.end(name, header)
}

impl<'a, 'w> Reader<'a, 'w> {
    /// Enters the root element, which has to be in one of its namespaces.
    fn enter(root: Root<'w>, around: Around<'a>, reading: &Reading<'w>, name: &RootName) -> Result<Self, Stop> {
        let (of, noun) = match name.form {
            Form::Generic => (&reading.namespaces.message, ""),
            Form::Named(noun) => (&reading.namespaces.named, noun.as_str()),
        };
        if of.read(noun).all(|it| it != root.namespace()) {
            let read: Vec<_> = of.read(noun).map(|it| format!("`{it}`")).collect();
            let found = match root.namespace() {
                "" => "none".to_owned(),
                uri => format!("`{}`", Excerpt(uri)),
            };
            let (name, read) = (root.name(), read.join(" or "));
            let detail = format!("`{name}` is read in the namespace {read}; this one is in {found}");
            return Err(Malformed::Message(detail).into());
        }
        let walk = root.enter(name.kind.name(), name.kind.table());
        let named = matches!(name.form, Form::Named(_));
        Ok(Self { walk, around, reading: *reading, named, header: None })
    }

    /// Reads to the end of the body.
    fn end(mut self, name: RootName, told: &mut Option<Header>) -> Result<Received<'a>, Stop> {
        let read = self.message(&name);
        *told = self.header.take();
        Ok(Received {
            envelope: read?,
            form: name.form,
            namespace: self.walk.namespace().to_owned(),
            tolerances: self.walk.tolerances,
        })
    }

    fn message(&mut self, name: &RootName) -> Result<Envelope<Part<'a>>, Stop> {
        let (mut header, mut parameters, mut reply) = (None, None, None);
        let mut payload = None;
        loop {
            match self.node()? {
                Node::Step(Step::Open(element)) => match element.name {
                    "Header" => header = Some(self.header(element)?),
                    "Request" => parameters = Some(self.parameters()?),
                    "Reply" => reply = Some(self.reply(element)?),
                    _ => payload = self.payload()?,
                },
                Node::Step(Step::Twice(element)) => return Err(twice(element.name)),
                Node::Step(Step::End | Step::Close) => break,
                _ => {}
            }
        }
        let no_reply = || refusal(ReplyCode::REQUEST_INCOMPLETE, "`Reply` is missing");
        if name.kind == Kind::Fault {
            return Ok(Envelope::Fault(reply.ok_or_else(no_reply)?));
        }
        let header = header.ok_or_else(|| refusal(ReplyCode::HEADER_INCOMPLETE, "`Header` is missing"))?;
        agrees(&header, name)?;
        let mut parameters = parameters.unwrap_or_default();
        contents(&header, &mut parameters, &mut payload)?;
        Ok(match name.kind {
            Kind::Response => Envelope::Response(Response { header, reply: reply.ok_or_else(no_reply)?, payload }),
            Kind::Event => {
                let missing = || refusal(ReplyCode::PAYLOAD_INCOMPLETE, "`Payload` is missing; an event has one");
                Envelope::Event(Event { payload: payload.ok_or_else(missing)?, header })
            }
            _ => {
                required(&header, &parameters, payload.is_some())?;
                Envelope::Request(Request { header, parameters, payload })
            }
        })
    }
}

fn refusal(code: ReplyCode, detail: impl Into<String>) -> Stop {
    Refusal::new(code, detail).into()
}

/// Whether the header says what the name of the envelope says.
fn agrees(header: &Header, name: &RootName) -> Result<(), Stop> {
    let tense = header.verb.tense();
    if tense.is_none() || tense != name.kind.tense() {
        let verbs = match name.kind {
            Kind::Request => "create, change, cancel, close, delete, get or execute",
            Kind::Event => "created, changed, canceled, closed, deleted or executed",
            _ => "reply",
        };
        let (verb, kind) = (Excerpt(header.verb.as_str()), name.kind.name());
        let detail = format!("the verb of `{kind}` is {verbs}, not `{verb}`");
        return Err(Refusal::new(ReplyCode::INVALID_VERB, detail).at_header("Verb").into());
    }
    if let Some(verb) = &name.verb
        && *verb != header.verb
    {
        let detail = format!("the header says `{}`, and the name of the message `{verb}`", header.verb);
        return Err(Refusal::new(ReplyCode::INVALID_VERB, detail).at_header("Verb").into());
    }
    if let Form::Named(noun) = name.form
        && header.noun != Noun::Message(noun)
    {
        let said = Excerpt(header.noun.as_str());
        let detail = format!("the header says `{said}`, and the name of the message `{noun}`");
        return Err(Refusal::new(ReplyCode::INVALID_NOUN, detail).at_header("Noun").into());
    }
    Ok(())
}

/// Whether what is carried is what the header says. A selection that came as the payload of a `get`
/// is put where it belongs.
fn contents<'a>(
    header: &Header,
    parameters: &mut Parameters<Part<'a>>,
    payload: &mut Option<Payload<Part<'a>>>,
) -> Result<(), Stop> {
    let noun = header.noun.as_str();
    let selection = format!("Get{noun}");
    let asks = header.verb == Verb::Do(Action::Get);
    if asks
        && parameters.profile.is_none()
        && payload.as_ref().and_then(Payload::message).is_some_and(|it| it.name() == selection)
    {
        parameters.profile = match payload.take() {
            Some(Payload::Plain(part) | Payload::Compressed { content: part, .. }) => Some(part),
            _ => None,
        };
    }
    if let Some(profile) = &parameters.profile
        && (!asks || profile.name() != selection)
    {
        let (verb, name) = (Excerpt(header.verb.as_str()), Excerpt(profile.name()));
        let detail = format!("the header says `{verb}` and `{}`, and the selection is `{name}`", Excerpt(noun));
        return Err(refusal(ReplyCode::INVALID_NOUN, detail));
    }
    let found = match payload {
        None => return Ok(()),
        Some(Payload::Operations(_)) => "OperationSet",
        Some(Payload::Plain(part) | Payload::Compressed { content: part, .. }) => part.name(),
    };
    if asks {
        let detail = format!("a `get` carries nothing but a selection, `{selection}`, not `{}`", Excerpt(found));
        return Err(refusal(ReplyCode::AGAINST_SCHEMA, detail));
    }
    if found != noun {
        let detail = format!("the header says `{}`, and the payload is `{}`", Excerpt(noun), Excerpt(found));
        return Err(Refusal::new(ReplyCode::INVALID_NOUN, detail).at_header("Noun").into());
    }
    let executes = header.verb.action() == Some(Action::Execute);
    if header.verb.action().is_some() && executes != (header.noun == Noun::OperationSet) {
        let detail = "`execute` is done to an `OperationSet`, and nothing else is done to one";
        return Err(Refusal::new(ReplyCode::INVALID_VERB, detail).at_header("Verb").into());
    }
    Ok(())
}

/// Whether everything is there that a request of this verb needs.
fn required(header: &Header, parameters: &Parameters<Part<'_>>, payload: bool) -> Result<(), Stop> {
    let verb = &header.verb;
    match verb.action() {
        Some(Action::Create | Action::Change | Action::Execute) if !payload => {
            Err(refusal(ReplyCode::PAYLOAD_INCOMPLETE, format!("`Payload` is missing; `{verb}` needs one")))
        }
        Some(Action::Cancel | Action::Close | Action::Delete) if !payload && parameters.ids.is_empty() => {
            let detail = format!("`{verb}` needs the objects it is done to: `Request/ID` or a `Payload`");
            Err(refusal(ReplyCode::REQUEST_INCOMPLETE, detail))
        }
        _ => Ok(()),
    }
}
