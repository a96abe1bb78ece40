//! What IEC 61968-100 puts around a message: who says what about which noun, and what became of it.
//!
//! Nothing here knows a notation. `P` is the payload: a piece of text that is not read yet, or a
//! message of the model. XML is read and written by [`crate::xml::envelope`].

mod header;
mod id;
mod noun;
mod operations;
mod properties;
mod refusal;
mod replay;
mod reply;
pub mod reply_code;
mod rules;
mod verb;
mod violations;

pub use header::{Context, Header, Property, ReplayDetection, User};
pub use id::{Id, IdKind};
pub use noun::{MessageNoun, Noun};
pub use operations::{Operation, OperationSet};
pub use properties::{
    Carried, control_properties, event_properties, recorded_control_properties, recorded_event_properties,
    restore_controls, restore_events,
};
pub use refusal::Refusal;
pub use replay::{Replay, Seen, Window};
pub use reply::{Level, Object, Outcome, Reply, ReplyError};
pub use reply_code::{ReplyCategory, ReplyCode, ReplyCodeError};
pub use rules::{ReplyTo, context_allowed, reply_to, revision_known};
pub use verb::{Action, Tense, Verb, action_of};
pub use violations::code_of;

use metering_model::TimeStamp;

/// A message with its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Envelope<P> {
    /// Somebody wants something: `RequestMessage`.
    Request(Request<P>),
    /// What became of it: `ResponseMessage`.
    Response(Response<P>),
    /// Somebody tells what happened: `EventMessage`.
    Event(Event<P>),
    /// Why nothing became of what was sent, where not even its header could be understood:
    /// `FaultMessage`.
    Fault(Reply),
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<P> {
    /// Who wants what.
    pub header: Header,
    /// Of what, where the payload does not say it.
    pub parameters: Parameters<P>,
    /// What is to be stored.
    pub payload: Option<Payload<P>>,
}

/// What a request is about: `Request`.
///
/// Where there is a profile, it alone counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters<P> {
    /// From when.
    pub start: Option<TimeStamp>,
    /// Until when.
    pub end: Option<TimeStamp>,
    /// What else the two sides have agreed upon: names, and values where there are any.
    pub options: Vec<Property>,
    /// The objects that are meant.
    pub ids: Vec<Id>,
    /// A selection: `GetMeterReadings` and its like.
    pub profile: Option<P>,
}

impl<P> Default for Parameters<P> {
    fn default() -> Self {
        Self { start: None, end: None, options: Vec::new(), ids: Vec::new(), profile: None }
    }
}

impl<P> Parameters<P> {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { start, end, options, ids, profile } = self;
        start.is_none() && end.is_none() && options.is_empty() && ids.is_empty() && profile.is_none()
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response<P> {
    /// To whom and to what.
    pub header: Header,
    /// What became of it.
    pub reply: Reply,
    /// What was asked for.
    pub payload: Option<Payload<P>>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<P> {
    /// Who tells it.
    pub header: Header,
    /// What it is.
    pub payload: Payload<P>,
}

/// What is in an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload<P> {
    /// One message.
    Plain(P),
    /// One message, small on the wire: gzip in base64.
    Compressed {
        /// The message.
        content: P,
        /// What it is, in the sender's words (`XML`).
        format: Option<String>,
    },
    /// Several things to do.
    Operations(OperationSet<P>),
}

impl<P> Envelope<P> {
    /// The header; a fault has none.
    #[must_use]
    pub fn header(&self) -> Option<&Header> {
        match self {
            Self::Request(Request { header, .. })
            | Self::Response(Response { header, .. })
            | Self::Event(Event { header, .. }) => Some(header),
            Self::Fault(_) => None,
        }
    }

    /// The payload.
    #[must_use]
    pub fn payload(&self) -> Option<&Payload<P>> {
        match self {
            Self::Request(Request { payload, .. }) | Self::Response(Response { payload, .. }) => payload.as_ref(),
            Self::Event(Event { payload, .. }) => Some(payload),
            Self::Fault(_) => None,
        }
    }

    /// The same with other payloads, made of these: with messages in the place of texts.
    ///
    /// # Errors
    /// The first that `make` gives.
    pub fn try_map<Q, E>(self, mut make: impl FnMut(P) -> Result<Q, E>) -> Result<Envelope<Q>, E> {
        Ok(match self {
            Self::Request(Request { header, parameters, payload }) => {
                let Parameters { start, end, options, ids, profile } = parameters;
                let profile = profile.map(&mut make).transpose()?;
                let parameters = Parameters { start, end, options, ids, profile };
                let payload = payload.map(|it| it.try_map(&mut make)).transpose()?;
                Envelope::Request(Request { header, parameters, payload })
            }
            Self::Response(Response { header, reply, payload }) => {
                let payload = payload.map(|it| it.try_map(&mut make)).transpose()?;
                Envelope::Response(Response { header, reply, payload })
            }
            Self::Event(Event { header, payload }) => {
                Envelope::Event(Event { header, payload: payload.try_map(&mut make)? })
            }
            Self::Fault(reply) => Envelope::Fault(reply),
        })
    }
}

impl<P> Payload<P> {
    /// The one message, if it is not a set of operations.
    #[must_use]
    pub fn message(&self) -> Option<&P> {
        match self {
            Self::Plain(content) | Self::Compressed { content, .. } => Some(content),
            Self::Operations(_) => None,
        }
    }

    fn try_map<Q, E>(self, make: &mut impl FnMut(P) -> Result<Q, E>) -> Result<Payload<Q>, E> {
        Ok(match self {
            Self::Plain(content) => Payload::Plain(make(content)?),
            Self::Compressed { content, format } => Payload::Compressed { content: make(content)?, format },
            Self::Operations(set) => Payload::Operations(set.try_map(make)?),
        })
    }
}
