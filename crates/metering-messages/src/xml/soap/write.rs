//! SOAP messages out.

use super::{Fault, FaultCode, NotUnderstood, Version, begin, embed, text};
use crate::envelope::Envelope;
use crate::xml::envelope::{EnvelopeNamespaces, Form};

/// The root element, in the prefix of what is SOAP's own.
const OPEN: &str = "s:Envelope";

/// Appends a SOAP message; `message` appends what is in its body. An XML declaration at the
/// beginning of that is left out.
///
/// ```
/// use metering_messages::soap::Version;
/// use metering_messages::xml::soap::write;
///
/// let mut out = Vec::new();
/// write(Version::V1_2, &mut out, |out| out.extend_from_slice(b"<x/>"));
/// assert_eq!(
///     String::from_utf8(out)?,
///     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
///      <s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><x/></s:Body></s:Envelope>"
/// );
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn write(version: Version, out: &mut Vec<u8>, message: impl FnOnce(&mut Vec<u8>)) {
    let writer = Writer::begin(version, out);
    embed(out, message);
    writer.end(out);
}

/// The same piece by piece, so that a long body never is in memory as a whole.
///
/// ```
/// use metering_messages::soap::Version;
/// use metering_messages::xml::soap::Writer;
///
/// let mut out = Vec::new();
/// let writer = Writer::begin(Version::V1_1, &mut out);
/// writer.message(&mut out, |out| out.extend_from_slice(b"<x>"));
/// // What is in `out` can be sent and cleared in between.
/// out.extend_from_slice(b"</x>");
/// writer.end(&mut out);
/// assert!(out.ends_with(b"<s:Body><x></x></s:Body></s:Envelope>"));
/// ```
#[derive(Debug)]
pub struct Writer(());

impl Writer {
    /// Appends what stands before the body's element.
    #[must_use]
    pub fn begin(version: Version, out: &mut Vec<u8>) -> Self {
        begin_envelope(version, out);
        text::open("s:Body", out);
        Self(())
    }

    /// Appends the beginning of the body's element, without its XML declaration.
    pub fn message(&self, out: &mut Vec<u8>, begin: impl FnOnce(&mut Vec<u8>)) {
        embed(out, begin);
    }

    /// Appends what stands behind the body's element.
    pub fn end(self, out: &mut Vec<u8>) {
        text::close("s:Body", out);
        text::close(OPEN, out);
    }
}

/// Appends the beginning of the envelope; what is in the body has namespaces of its own.
fn begin_envelope(version: Version, out: &mut Vec<u8>) {
    begin(OPEN, &[("s", version.namespace())], out);
}

/// Appends a fault as a SOAP message of its version: with the reply as its detail, and the headers
/// that were not understood where the version has a place for them.
pub fn write_fault(fault: &Fault, namespaces: &EnvelopeNamespaces, out: &mut Vec<u8>) {
    let Fault { version, code, reason, reply, not_understood } = fault;
    begin_envelope(*version, out);
    let value = format!("s:{}", code.as_str(*version));
    if *version == Version::V1_2 {
        header_of(*code, not_understood, out);
    }
    text::open("s:Body", out);
    text::open("s:Fault", out);
    match version {
        Version::V1_1 => {
            text::element("faultcode", value.as_str(), out);
            text::element("faultstring", reason.as_str(), out);
        }
        Version::V1_2 => {
            text::open("s:Code", out);
            text::element("s:Value", value.as_str(), out);
            text::close("s:Code", out);
            text::open("s:Reason", out);
            out.extend_from_slice(b"<s:Text xml:lang=\"en\">");
            text::text(reason, out);
            text::close("s:Text", out);
            text::close("s:Reason", out);
        }
    }
    if let Some(reply) = reply {
        let detail = if *version == Version::V1_1 { "detail" } else { "s:Detail" };
        text::open(detail, out);
        let envelope: Envelope<()> = Envelope::Fault(reply.clone());
        embed(out, |out| crate::xml::envelope::write(&envelope, Form::Generic, namespaces, out, |(), _| {}));
        text::close(detail, out);
    }
    text::close("s:Fault", out);
    text::close("s:Body", out);
    text::close(OPEN, out);
}

/// What SOAP 1.2 tells beside a fault, in headers of its own.
fn header_of(code: FaultCode, not_understood: &[NotUnderstood], out: &mut Vec<u8>) {
    match code {
        FaultCode::MustUnderstand if !not_understood.is_empty() => {
            text::open("s:Header", out);
            for NotUnderstood { namespace, name } in not_understood.iter().take(super::TOLD) {
                let (namespace, name) = (text::attribute(namespace), text::attribute(name));
                let block = match namespace.as_str() {
                    "" => format!("<s:NotUnderstood qname=\"{name}\"/>"),
                    _ => format!("<s:NotUnderstood qname=\"h:{name}\" xmlns:h=\"{namespace}\"/>"),
                };
                out.extend_from_slice(block.as_bytes());
            }
            text::close("s:Header", out);
        }
        FaultCode::VersionMismatch => {
            text::open("s:Header", out);
            text::open("s:Upgrade", out);
            for version in [Version::V1_2, Version::V1_1] {
                let block = format!("<s:SupportedEnvelope qname=\"v:Envelope\" xmlns:v=\"{}\"/>", version.namespace());
                out.extend_from_slice(block.as_bytes());
            }
            text::close("s:Upgrade", out);
            text::close("s:Header", out);
        }
        _ => {}
    }
}
