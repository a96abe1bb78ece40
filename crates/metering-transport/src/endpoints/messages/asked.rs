//! What a message asks for: routed by noun and verb, allowed or not, read and checked.

use metering_messages::envelope::{
    Action, Context, Envelope, Event, Header, MessageNoun, Noun, Operation, OperationSet, Parameters, Payload, Refusal,
    Reply, ReplyCode, ReplyTo, Request, Verb, action_of, context_allowed, reply_to, revision_known,
};
use metering_messages::soap::{Fault, Version};
use metering_messages::xml::envelope::{
    Bounds, EnvelopeNamespaces, Form, Part, Reading, Received, Refused, read, read_part,
};
use metering_model::{ConfigurationKind, Excerpt, Permission, Principal};
use metering_validation::Facts;

use super::found::Wanted;
use super::replied::To;
use super::tasks::{Task, Tasks};
use crate::auth::{AllowedSome, needs};
use crate::endpoints::writing::Readers;
use crate::reply_address::ReplyAddress;
use crate::state::State;

/// Versions of the nouns' messages that are read.
const REVISIONS: &[&str] = &["1", "1.0", "2", "2.0"];

/// What a message is in.
#[derive(Debug, Clone, Copy)]
pub(in crate::endpoints) enum Around {
    /// Nothing: the body is the envelope.
    Nothing,
    /// A SOAP message.
    Soap(Version),
}

/// Why a message was not read.
#[derive(Debug)]
pub(in crate::endpoints) enum Unread {
    /// It is no envelope.
    Envelope(Box<Refused>),
    /// What is around it is not what it should be.
    Fault(Box<Fault>),
}

/// A message whose header was read.
pub(in crate::endpoints) struct Asked {
    pub(super) header: Header,
    pub(super) form: Form,
    /// What it wants and where the answer goes, or why it does not get it.
    pub(super) what: Result<(What, To), Reply>,
}

/// What a message wants.
pub(super) enum What {
    /// To know something.
    Get(Box<Wanted>),
    /// Something to be done.
    Do(Tasks),
}

/// Everything that messages are read with.
pub(in crate::endpoints) struct Reader {
    pub(in crate::endpoints) readers: Readers,
    pub(in crate::endpoints) facts: Facts,
    envelopes: EnvelopeNamespaces,
    bounds: Bounds,
    contexts: Vec<Context>,
    reply_addresses: Vec<ReplyAddress>,
    caller: Principal,
    strict: bool,
    /// The list of the one noun that is taken here; `None` where all are.
    only: Option<&'static str>,
}

/// What is needed to do this to this noun.
pub(super) fn permission(action: Action, noun: MessageNoun) -> Permission {
    let asks = action == Action::Get;
    match noun {
        MessageNoun::MeterReadings if asks => Permission::ReadReadings,
        MessageNoun::MeterReadings => Permission::SubmitReadings,
        MessageNoun::EndDeviceControls if asks => Permission::ReadControls,
        MessageNoun::EndDeviceControls => Permission::SubmitControls,
        MessageNoun::EndDeviceEvents if asks => Permission::ReadEvents,
        MessageNoun::EndDeviceEvents => Permission::SubmitEvents,
        _ if asks => Permission::ReadConfiguration,
        MessageNoun::EndDeviceConfig | MessageNoun::MeterConfig => Permission::ConfigureDevices,
        MessageNoun::UsagePointConfig => Permission::ConfigureUsagePoints,
        MessageNoun::ComModuleConfig => Permission::ConfigureComModules,
    }
}

/// What the list of a noun's message is called in JSON.
pub(super) fn list(noun: MessageNoun) -> &'static str {
    match noun {
        MessageNoun::MeterReadings => "readings",
        MessageNoun::EndDeviceControls => "controls",
        MessageNoun::EndDeviceEvents => "events",
        MessageNoun::EndDeviceConfig => ConfigurationKind::EndDevice.list(),
        MessageNoun::MeterConfig => ConfigurationKind::Meter.list(),
        MessageNoun::UsagePointConfig => ConfigurationKind::UsagePoint.list(),
        MessageNoun::ComModuleConfig => ConfigurationKind::ComModule.list(),
    }
}

impl Reader {
    /// For a message of this caller; `strict` is all or nothing, and `only` the list of the one noun
    /// that is taken.
    pub(in crate::endpoints) fn of(
        state: &State,
        caller: &AllowedSome,
        strict: bool,
        only: Option<&'static str>,
    ) -> Self {
        let config = state.config();
        Self {
            readers: Readers::of(state),
            facts: state.facts(caller.exchange().at),
            envelopes: EnvelopeNamespaces::default(),
            bounds: Bounds { inflated: config.inflated_bytes, ..Bounds::default() },
            contexts: config.contexts.clone(),
            reply_addresses: config.reply_addresses.clone(),
            caller: (**caller).clone(),
            strict,
            only,
        }
    }

    /// Reads the message in a body.
    pub(in crate::endpoints) fn read(&self, body: &[u8], around: Around) -> Result<Asked, Unread> {
        let reading = self.reading();
        match around {
            Around::Nothing => Ok(self.asked(read(body, &reading).map_err(Unread::Envelope)?)),
            Around::Soap(version) => {
                let soap = metering_messages::xml::soap::read(body, version, reading.limits).map_err(Unread::Fault)?;
                let received = read_part(&soap.body, &reading).map_err(Unread::Envelope)?;
                Ok(self.asked(received))
            }
        }
    }

    /// Beyond which meters the caller sees nothing.
    pub(super) fn limits(&self) -> Option<metering_model::Limits> {
        self.caller.limits.clone()
    }

    pub(super) fn reading(&self) -> Reading<'_> {
        Reading { namespaces: &self.envelopes, limits: self.readers.limits(), bounds: &self.bounds }
    }

    fn asked(&self, received: Received<'_>) -> Asked {
        let Received { envelope, form, .. } = received;
        let request = match envelope {
            Envelope::Request(request) => request,
            // What happened is stored as what is to be stored.
            Envelope::Event(Event { header, payload }) => {
                Request { header, parameters: Parameters::default(), payload: Some(payload) }
            }
            Envelope::Response(response) => {
                let detail = "nothing was asked by this server that this could be the answer to";
                let refused = Refusal::new(ReplyCode::INVALID_VERB, detail).at_header("Verb");
                return Asked { header: response.header, form, what: Err(refused.into_reply()) };
            }
            Envelope::Fault(_) => {
                let detail = "nothing was sent by this server that this could be the answer to";
                let refused = Refusal::new(ReplyCode::INVALID_VERB, detail);
                let header = Header::new(Verb::Reply, Noun::Other(String::new()));
                return Asked { header, form, what: Err(refused.into_reply()) };
            }
        };
        let header = request.header.clone();
        let admitted = self.admitted(&header).map_err(Refusal::into_reply);
        let what = admitted.and_then(|to| Ok((self.what(request)?, to)));
        Asked { header, form, what }
    }

    /// Where the answer goes, if what the header wants besides can be done.
    fn admitted(&self, header: &Header) -> Result<To, Refusal> {
        if self.only.is_some_and(|list| !matches!(header.noun, Noun::Message(noun) if self::list(noun) == list)) {
            let detail =
                format!("`{}` is not taken at this address; send it to /messages", Excerpt(header.noun.as_str()));
            return Err(Refusal::new(ReplyCode::INVALID_NOUN, detail).at_header("Noun"));
        }
        context_allowed(header.context.as_ref(), &self.contexts)?;
        revision_known(header.revision.as_deref(), REVISIONS)?;
        Ok(match reply_to(header, &self.reply_addresses)? {
            ReplyTo::Nobody => To::Nobody,
            ReplyTo::Sender => To::Sender,
            ReplyTo::Address(address) => To::Address(address.to_owned()),
        })
    }

    fn what(&self, mut request: Request<Part<'_>>) -> Result<What, Reply> {
        if request.header.noun == Noun::OperationSet
            && let Some(Payload::Operations(set)) = request.payload.take()
        {
            return self.set(request, set).map(What::Do).map_err(Refusal::into_reply);
        }
        let (action, noun) = self.allowed(&request.header.verb, &request.header.noun).map_err(Refusal::into_reply)?;
        if action == Action::Get {
            let wanted = Wanted::of(noun, &request, self).map_err(Refusal::into_reply)?;
            return Ok(What::Get(Box::new(wanted)));
        }
        let task = Task::of(action, noun, &request, self).map_err(Refusal::into_reply)?;
        Ok(What::Do(Tasks::one(task, self.strict)))
    }

    /// What is to be done to which message, if the caller may.
    fn allowed(&self, verb: &Verb, noun: &Noun) -> Result<(Action, MessageNoun), Refusal> {
        let (action, noun) = action_of(verb, noun)?;
        needs(&self.caller, &[permission(action, noun)])
            .map_err(|problem| Refusal::new(ReplyCode::NOT_AUTHORIZED, problem.detail()))?;
        Ok((action, noun))
    }

    fn set(&self, request: Request<Part<'_>>, set: OperationSet<Part<'_>>) -> Result<Tasks, Refusal> {
        let OperationSet { enforce_message_sequence, enforce_transactional_integrity, mut operations } = set;
        if operations.is_empty() {
            return Err(Refusal::new(ReplyCode::PAYLOAD_INCOMPLETE, "the `OperationSet` has no `Operation`"));
        }
        let places: Vec<i64> = operations.iter().map(|it| it.id).collect();
        if enforce_message_sequence {
            operations.sort_by_key(|it| it.id);
        }
        let mut tasks = Tasks::set(enforce_transactional_integrity, self.strict);
        for operation in operations {
            let place = places.iter().position(|id| *id == operation.id).map_or(1, |at| at + 1);
            let id = operation.id;
            tasks.push(id, place, self.operation(&request.header, operation).map_err(Refusal::into_reply));
        }
        Ok(tasks)
    }

    fn operation(&self, header: &Header, operation: Operation<Part<'_>>) -> Result<Task, Refusal> {
        let Operation { noun, verb, element_operation, payload, .. } = operation;
        let (action, noun) = self.allowed(&verb, &noun)?;
        let refused = |code, detail: &str| Err(Refusal::new(code, detail));
        if action == Action::Get {
            return refused(ReplyCode::INVALID_VERB, "a set of operations changes; ask by a message of its own");
        }
        if element_operation {
            return refused(
                ReplyCode::INVALID_VERB,
                "what is changed is changed as a whole; leave `elementOperation` out",
            );
        }
        if payload.is_none() {
            return refused(ReplyCode::PAYLOAD_INCOMPLETE, "the operation has no message");
        }
        let header = Header { verb, noun: noun.into(), ..header.clone() };
        let request = Request { header, parameters: Parameters::default(), payload: payload.map(Payload::Plain) };
        Task::of(action, noun, &request, self)
    }
}
