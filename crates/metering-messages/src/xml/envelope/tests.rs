//! What the readers and writers of envelopes make of messages.

use super::{Bounds, EnvelopeNamespaces, Form, Part, Reading, Received, Refused, read, write};
use crate::Limits;
use crate::envelope::Envelope;

mod good;
mod hostile;
mod schema;
mod selected;
mod written;

/// What `read` gives with the defaults.
fn read_text(body: &str) -> Result<Received<'_>, Box<Refused>> {
    read_within(body, &Limits::default(), &Bounds::default())
}

fn read_within<'a>(body: &'a str, limits: &Limits, bounds: &Bounds) -> Result<Received<'a>, Box<Refused>> {
    let namespaces = EnvelopeNamespaces::default();
    read(body.as_bytes(), &Reading { namespaces: &namespaces, limits, bounds })
}

fn written(envelope: &Envelope<Part<'_>>, form: Form) -> String {
    let mut out = Vec::new();
    write(envelope, form, &EnvelopeNamespaces::default(), &mut out, |part, out| out.extend_from_slice(part.text()));
    String::from_utf8(out).unwrap()
}

/// A request of this content behind a header of this verb and noun.
fn request(verb: &str, noun: &str, content: &str) -> String {
    message("RequestMessage", &format!("<Header><Verb>{verb}</Verb><Noun>{noun}</Noun></Header>{content}"))
}

/// An envelope of this name and content.
fn message(name: &str, content: &str) -> String {
    format!(r#"<{name} xmlns="http://iec.ch/TC57/2011/schema/message">{content}</{name}>"#)
}

/// A payload that is a message of no content.
fn payload(noun: &str) -> String {
    format!(r#"<Payload><{noun} xmlns="http://iec.ch/TC57/2011/{noun}#"/></Payload>"#)
}
