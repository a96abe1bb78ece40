//! The envelope of IEC 61968-100 in XML: `RequestMessage`, `ResponseMessage`, `EventMessage` and
//! `FaultMessage`, and the same by the names of what they carry (`CreateMeterReadings`,
//! `CreatedMeterReadings`, `MeterReadingsResponseMessage`).
//!
//! Reading cuts the payload out without looking further into it than the guard does; what is cut out
//! is a [`Part`], a slice of the body, to be given to the reader of its message.

mod compressed;
mod copy;
mod fields;
mod header;
mod message;
mod operations;
mod part;
mod read;
mod reply;
mod request;
mod root;
mod selection;
mod table;
#[cfg(test)]
mod tests;
mod write;

pub use message::{Message, Written, write_controls, write_events, write_recorded_controls, write_recorded_events};
pub use part::Part;
pub(in crate::xml) use part::cut;
pub use read::{Received, Refused, is_envelope, read, read_part};
pub use root::Form;
pub use selection::{Selection, select, targets};
pub use write::{ResponseWriter, write};
pub(in crate::xml) use write::{begin, embed};

use super::Namespaces;
use crate::Limits;

/// The namespaces of envelopes: those that are read, and of each kind the one that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeNamespaces {
    /// Of `RequestMessage` and its like, and of what is in headers.
    pub message: Namespaces,
    /// Of envelopes called after what they carry, with `{noun}` for its name.
    pub named: Namespaces,
}

impl Default for EnvelopeNamespaces {
    /// Those of 2013; with `www.`, and those of 2010, which drafts have, are read as well.
    fn default() -> Self {
        let message = Namespaces::new([
            "http://iec.ch/TC57/2011/schema/message",
            "http://www.iec.ch/TC57/2011/schema/message",
            "http://iec.ch/TC57/2010/schema/message",
            "http://www.iec.ch/TC57/2010/schema/message",
        ]);
        let named =
            Namespaces::new(["http://iec.ch/TC57/2011/{noun}Message", "http://www.iec.ch/TC57/2011/{noun}Message"]);
        Self { message: message.unwrap_or_default(), named: named.unwrap_or_default() }
    }
}

/// How much of an envelope is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of all texts of the header together.
    pub header: usize,
    /// Properties of the header, options of the request.
    pub properties: usize,
    /// Ids of the request or of the reply, and errors of a reply.
    pub ids: usize,
    /// Operations of a set.
    pub operations: usize,
    /// Bytes that a compressed payload becomes.
    pub inflated: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { header: 65_536, properties: 1_000, ids: 10_000, operations: 1_000, inflated: 64 << 20 }
    }
}

/// What the readers of envelopes are given.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'s> {
    /// Which namespaces are read.
    pub namespaces: &'s EnvelopeNamespaces,
    /// What holds for every message.
    pub limits: &'s Limits,
    /// What holds for envelopes.
    pub bounds: &'s Bounds,
}
