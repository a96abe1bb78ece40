//! SOAP 1.1 and 1.2 in XML: the body is taken out, and answers and faults are put in.
//!
//! Nothing that a header says is understood, so one that must be ends the reading.

use super::envelope::{Part, Refused, begin, embed};
use super::guard::Attribute;
use super::schema::Content::{Of, String as Text};
use super::schema::elements;
use super::walk::Step;
use super::walk::any::{Extent, Node, Root};
use super::{Namespaces, lexical, text};
use crate::soap::{Fault, FaultCode, NotUnderstood, Version};
use crate::{Limits, Malformed};

#[cfg(test)]
mod tests;
mod write;

pub use write::{Writer, write, write_fault};

elements! {
    /// The envelope of SOAP.
    ENVELOPE {
        "Header" Optional Of(OPEN) => kept;
        "Body" Required Of(OPEN) => kept;
        "*" Many Text => kept;
    }
}

elements! {
    /// Whatever there is.
    OPEN {
        "*" Many Text => kept;
    }
}

/// A SOAP message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// The version it is in; it is answered in the same.
    pub version: Version,
    /// The one element of its body.
    pub body: Part<'a>,
}

/// Reads a SOAP message that came as this version, as its content type says.
///
/// # Errors
/// The [`Fault`] to answer with.
///
/// ```
/// use metering_messages::soap::{FaultCode, Version};
/// use metering_messages::{Limits, xml};
///
/// let body = br#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><x/></s:Body></s:Envelope>"#;
/// let message = xml::soap::read(body, Version::V1_1, &Limits::default()).unwrap();
/// assert_eq!((message.version, message.body.name()), (Version::V1_1, "x"));
///
/// let fault = xml::soap::read(body, Version::V1_2, &Limits::default()).unwrap_err();
/// assert_eq!(fault.code, FaultCode::VersionMismatch);
/// ```
pub fn read<'a>(body: &'a [u8], version: Version, limits: &Limits) -> Result<Message<'a>, Box<Fault>> {
    match envelope(body, version, limits) {
        Ok(part) => Ok(Message { version, body: part }),
        Err(Stop::Malformed(malformed)) => Err(Box::new(Fault::against_schema(version, malformed.to_string()))),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

enum Stop {
    Malformed(Malformed),
    Fault(Box<Fault>),
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

/// Reads to the end of the message, and gives what is in its body.
fn envelope<'a>(body: &'a [u8], version: Version, limits: &Limits) -> Result<Part<'a>, Stop> {
    let namespaces = Namespaces::soap(version);
    // What is compressed may be long; every other text is looked at again.
    let limits = Limits { text: body.len().max(limits.text), ..*limits };
    let root = Root::read(body, "", &namespaces, &limits)?;
    if root.name() != "Envelope" {
        return Err(sender(version, format!("an `Envelope` of SOAP is expected, not `{}`", excerpt(root.name()))));
    }
    if root.namespace() != version.namespace() {
        let found = excerpt(root.namespace());
        let expected = version.namespace();
        let reason = format!("the envelope is in the namespace `{found}`; its content type means `{expected}`");
        return Err(Stop::Fault(Box::new(Fault::plain(version, FaultCode::VersionMismatch, reason))));
    }
    let mut walk = root.enter("Envelope", ENVELOPE);
    let mut found: Option<Option<Extent>> = None;
    let mut not_understood = Vec::new();
    loop {
        match walk.node(false)? {
            Node::Step(Step::Open(element)) if element.name == "Header" => {
                while let Some(block) = next(&mut walk)? {
                    let block = block_to_understand(block, version)?;
                    not_understood.extend(block.filter(|_| not_understood.len() < TOLD));
                }
            }
            Node::Step(Step::Open(_)) => {
                let first = next(&mut walk)?;
                if next(&mut walk)?.is_some() {
                    while next(&mut walk)?.is_some() {}
                    return Err(sender(version, "the `Body` has more than one element"));
                }
                found = Some(first);
            }
            Node::Any(extent) => {
                let reason = format!("`{}` is no element of an `Envelope`", excerpt(&extent.name));
                return Err(match other_version(&extent.namespace, version) {
                    true => mixed(version, &extent.name),
                    false => sender(version, reason),
                });
            }
            Node::Step(Step::Twice(element)) => {
                return Err(sender(version, format!("`{}` stands twice", element.name)));
            }
            Node::Step(Step::Close | Step::End) => break,
            _ => {}
        }
    }
    // Before anything is done with the body.
    if !not_understood.is_empty() {
        let names: Vec<_> = not_understood.iter().map(|it| format!("`{}`", excerpt(&it.name))).collect();
        let reason = format!("headers that must be understood are not: {}", names.join(", "));
        let fault = Fault { not_understood, ..Fault::plain(version, FaultCode::MustUnderstand, reason) };
        return Err(Stop::Fault(Box::new(fault)));
    }
    let Some(extent) = found else { return Err(sender(version, "the `Body` is missing")) };
    let Some(extent) = extent else { return Err(sender(version, "the `Body` is empty")) };
    Ok(super::envelope::cut(body, extent))
}

/// The next element of the open one; `None` at its end.
fn next(walk: &mut super::walk::Walk<'_>) -> Result<Option<Extent>, Malformed> {
    loop {
        match walk.node(false)? {
            Node::Any(extent) => return Ok(Some(extent)),
            Node::Step(Step::Close | Step::End) => return Ok(None),
            _ => {}
        }
    }
}

/// The most headers that are told; further ones are as little understood.
const TOLD: usize = 16;

/// The header, if it is for us and must be understood.
fn block_to_understand(block: Extent, version: Version) -> Result<Option<NotUnderstood>, Stop> {
    let own = |attribute: &&Attribute, name: &str| attribute.namespace == version.namespace() && attribute.name == name;
    if let Some(foreign) = block.attributes.iter().find(|it| other_version(&it.namespace, version)) {
        return Err(mixed(version, &foreign.name));
    }
    let role = if version == Version::V1_1 { "actor" } else { "role" };
    let role = block.attributes.iter().find(|it| own(it, role)).map_or("", |it| it.value.trim());
    let Some(must) = block.attributes.iter().find(|it| own(it, "mustUnderstand")) else { return Ok(None) };
    let Some(must) = lexical::boolean(must.value.trim()) else {
        let reason = format!("`mustUnderstand` is true, false, 1 or 0, not `{}`", excerpt(&must.value));
        return Err(sender(version, reason));
    };
    let ours = must && version.our_roles().contains(&role);
    Ok(ours.then_some(NotUnderstood { namespace: block.namespace, name: block.name }))
}

fn other_version(namespace: &str, version: Version) -> bool {
    Version::ALL.iter().any(|other| *other != version && other.namespace() == namespace)
}

fn mixed(version: Version, name: &str) -> Stop {
    let reason = format!("`{}` is of another version of SOAP than the envelope", excerpt(name));
    Stop::Fault(Box::new(Fault::plain(version, FaultCode::VersionMismatch, reason)))
}

fn sender(version: Version, reason: impl Into<String>) -> Stop {
    Stop::Fault(Box::new(Fault::against_schema(version, reason)))
}

fn excerpt(text: &str) -> metering_model::Excerpt<'_> {
    metering_model::Excerpt(text)
}

impl Fault {
    /// The fault that answers an envelope which was not read.
    #[must_use]
    pub fn of_refused(version: Version, refused: Refused) -> Self {
        Self::of(version, refused.refusal)
    }
}

impl Namespaces {
    /// The namespace of that version of SOAP.
    fn soap(version: Version) -> Self {
        Self::new([version.namespace()]).unwrap_or_default()
    }
}
