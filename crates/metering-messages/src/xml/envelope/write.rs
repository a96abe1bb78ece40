//! Envelopes out: strictly as the schema has them.

use metering_model::TimeStamp;

use super::EnvelopeNamespaces;
use super::root::{Form, Kind, form_for, name_of};
use crate::envelope::{Envelope, Event, Header, Noun, Reply, Request, Response, Verb};
use crate::xml::text;

/// What every message begins with; within another one it is left out.
const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// Appends an envelope. `message` appends what it carries; an XML declaration at its beginning is
/// left out.
///
/// One in the form of a noun is written so where its header is about that noun, else in the generic
/// form. Characters that XML does not have are replaced.
///
/// ```
/// use metering_messages::envelope::{Envelope, Outcome, Reply};
/// use metering_messages::xml::envelope::{EnvelopeNamespaces, Form, write};
///
/// let fault: Envelope<()> = Envelope::Fault(Reply::new(Outcome::Ok));
/// let mut out = Vec::new();
/// write(&fault, Form::Generic, &EnvelopeNamespaces::default(), &mut out, |(), _| {});
/// assert_eq!(
///     String::from_utf8(out)?,
///     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
///      <FaultMessage xmlns=\"http://iec.ch/TC57/2011/schema/message\"><Reply><Result>OK</Result></Reply></FaultMessage>"
/// );
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn write<P>(
    envelope: &Envelope<P>,
    form: Form,
    namespaces: &EnvelopeNamespaces,
    out: &mut Vec<u8>,
    mut message: impl FnMut(&P, &mut Vec<u8>),
) {
    let kind = match envelope {
        Envelope::Request(_) => Kind::Request,
        Envelope::Response(_) => Kind::Response,
        Envelope::Event(_) => Kind::Event,
        Envelope::Fault(_) => Kind::Fault,
    };
    let header = envelope.header();
    let root = OpenRoot::begin(kind, form, header.map(|it| &it.noun), header.map(|it| &it.verb), namespaces, out);
    let mut to = root.elements(out);
    match envelope {
        Envelope::Request(Request { header, parameters, payload }) => {
            to.header(header);
            to.parameters(parameters, &mut message);
            if let Some(payload) = payload {
                to.payload(payload, message);
            }
        }
        Envelope::Response(Response { header, reply, payload }) => {
            to.header(header);
            to.reply(reply);
            if let Some(payload) = payload {
                to.payload(payload, message);
            }
        }
        Envelope::Event(Event { header, payload }) => {
            to.header(header);
            to.payload(payload, message);
        }
        Envelope::Fault(reply) => to.reply(reply),
    }
    root.end(out);
}

/// An answer piece by piece, so that a long payload never is in memory as a whole.
///
/// ```
/// use metering_messages::envelope::{Action, Header, MessageNoun, Outcome, Reply, Verb};
/// use metering_messages::xml::{Namespaces, envelope, meter_readings};
///
/// let header = Header::new(Verb::Reply, MessageNoun::MeterReadings);
/// let namespaces = envelope::EnvelopeNamespaces::default();
/// let mut out = Vec::new();
/// let writer = envelope::ResponseWriter::begin(
///     &header, &Reply::new(Outcome::Ok), envelope::Form::Generic, &namespaces, &mut out,
/// );
/// let mut readings = None;
/// writer.message(&mut out, |out| {
///     readings = Some(meter_readings::Writer::begin(&Namespaces::default(), out));
/// });
/// // Pages come here; what is in `out` can be sent and cleared in between.
/// if let Some(readings) = readings {
///     assert!(readings.end(&mut out).is_empty());
/// }
/// writer.end(&mut out);
/// assert!(out.ends_with(b"</MeterReadings></Payload></ResponseMessage>"));
/// ```
#[derive(Debug)]
pub struct ResponseWriter {
    root: OpenRoot,
}

impl ResponseWriter {
    /// Appends what stands before the payload.
    #[must_use]
    pub fn begin(
        header: &Header,
        reply: &Reply,
        form: Form,
        namespaces: &EnvelopeNamespaces,
        out: &mut Vec<u8>,
    ) -> Self {
        let root = OpenRoot::begin(Kind::Response, form, Some(&header.noun), Some(&header.verb), namespaces, out);
        let mut to = root.elements(out);
        to.header(header);
        to.reply(reply);
        text::open("Payload", out);
        Self { root }
    }

    /// Appends the beginning of the message that is the payload, without its XML declaration.
    pub fn message(&self, out: &mut Vec<u8>, begin: impl FnOnce(&mut Vec<u8>)) {
        embed(out, begin);
    }

    /// Appends what stands behind the payload.
    pub fn end(self, out: &mut Vec<u8>) {
        text::close("Payload", out);
        self.root.end(out);
    }
}

/// The root element of an envelope, which is open.
#[derive(Debug)]
struct OpenRoot {
    name: String,
    /// What the names of elements begin with that are not the envelope's own.
    prefix: &'static str,
}

impl OpenRoot {
    fn begin(
        kind: Kind,
        form: Form,
        noun: Option<&Noun>,
        verb: Option<&Verb>,
        namespaces: &EnvelopeNamespaces,
        out: &mut Vec<u8>,
    ) -> Self {
        let form = form_for(form, noun);
        let name = name_of(kind, form, verb);
        let message = namespaces.message.written("");
        let prefix = match form {
            Form::Generic => {
                begin(&name, &[("", &message)], out);
                ""
            }
            Form::Named(noun) => {
                begin(&name, &[("", &namespaces.named.written(noun.as_str())), ("e", &message)], out);
                "e:"
            }
        };
        Self { name, prefix }
    }

    fn elements<'o>(&self, out: &'o mut Vec<u8>) -> Elements<'o> {
        Elements { out, prefix: self.prefix }
    }

    fn end(&self, out: &mut Vec<u8>) {
        text::close(&self.name, out);
    }
}

/// Where the elements of an envelope are appended.
pub(super) struct Elements<'o> {
    out: &'o mut Vec<u8>,
    prefix: &'static str,
}

impl Elements<'_> {
    fn tag(&mut self, before: &str, name: &str, behind: &str) {
        for piece in [before, self.prefix, name, behind] {
            self.out.extend_from_slice(piece.as_bytes());
        }
    }

    /// Appends an element of the envelope itself.
    pub(super) fn outer(&mut self, name: &str, content: impl FnOnce(&mut Elements<'_>)) {
        text::open(name, self.out);
        content(self);
        text::close(name, self.out);
    }

    /// Appends an element with others in it.
    pub(super) fn inner(&mut self, name: &str, content: impl FnOnce(&mut Elements<'_>)) {
        self.tag("<", name, ">");
        content(self);
        self.tag("</", name, ">");
    }

    /// Appends an element with a text, unless there is none.
    pub(super) fn text<'v>(&mut self, name: &str, value: impl Into<Option<&'v str>>) {
        if let Some(value) = value.into() {
            self.labelled(name, &[], value);
        }
    }

    /// Appends an element with a text and attributes.
    pub(super) fn labelled(&mut self, name: &str, labels: &[(&str, Option<&str>)], value: &str) {
        self.tag("<", name, "");
        for (name, value) in labels {
            if let Some(value) = value {
                let value = text::attribute(value);
                self.out.extend([" ", name, "=\"", value.as_str(), "\""].concat().into_bytes());
            }
        }
        self.out.push(b'>');
        text::text(value, self.out);
        self.tag("</", name, ">");
    }

    /// Appends an element with an instant, unless there is none.
    pub(super) fn time(&mut self, name: &str, instant: Option<TimeStamp>) {
        self.text(name, instant.map(|it| it.to_string()).as_deref());
    }

    /// Appends an element with a truth, unless there is none.
    pub(super) fn boolean(&mut self, name: &str, value: Option<bool>) {
        self.text(name, value.map(|it| if it { "true" } else { "false" }));
    }

    /// Appends a message.
    pub(super) fn embed(&mut self, message: impl FnOnce(&mut Vec<u8>)) {
        embed(self.out, message);
    }
}

/// Appends the XML declaration and the beginning of an element that declares these prefixes.
pub(in crate::xml) fn begin(name: &str, declared: &[(&str, &str)], out: &mut Vec<u8>) {
    out.extend_from_slice(DECLARATION);
    out.extend(["<", name].concat().into_bytes());
    for (prefix, uri) in declared {
        let colon = if prefix.is_empty() { "" } else { ":" };
        // A namespace has nothing in it that would have to be escaped.
        out.extend([" xmlns", colon, prefix, "=\"", uri, "\""].concat().into_bytes());
    }
    out.push(b'>');
}

/// Appends a message without its XML declaration.
pub(in crate::xml) fn embed(out: &mut Vec<u8>, message: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    message(out);
    if out.get(start..).is_some_and(|it| it.starts_with(DECLARATION)) {
        out.drain(start..start + DECLARATION.len());
    }
}
