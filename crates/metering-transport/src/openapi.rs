//! The API's description of itself: what an operation is made of.
//!
//! Each endpoint tells its operations beside its handlers, with the tables its parameters are read
//! by; what every operation has in common is added here, so that it is said once. `document` puts
//! them together.

use std::borrow::Cow;

use metering_messages::json::schema;
use metering_model::Permission;
use serde_json::{Value, json};

use crate::parameters::Parameter;
use crate::problem::Kind;

mod document;
mod headers;
mod older;
mod words;

pub(crate) use document::document;
pub(crate) use headers::Header;
pub(crate) use older::as_3_0;
pub(crate) use words::with_named_words;

/// The version of the API.
pub(crate) const API_VERSION: &str = "2.3.0";

/// What an operation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// The standard's messages, in envelopes.
    Messages,
    /// Readings.
    MeterReadings,
    /// Controls.
    EndDeviceControls,
    /// Events.
    EndDeviceEvents,
    /// The four configurations.
    Configurations,
    /// Receipts.
    Receipts,
    /// The codes of the standard.
    Codes,
    /// The server itself.
    Server,
}

impl Tag {
    /// Each with what it is about.
    pub(crate) const ALL: &'static [(Self, &'static str)] = &[
        (Self::Messages, "Any message of IEC 61968-9 in an envelope of IEC 61968-100."),
        (Self::MeterReadings, "What meters measured."),
        (Self::EndDeviceControls, "What devices are to do, and what became of it."),
        (Self::EndDeviceEvents, "What devices reported."),
        (Self::Configurations, "End devices, meters, usage points and communication modules."),
        (Self::Receipts, "What was done with the messages that write."),
        (Self::Codes, "What the codes of the standard mean, and which code words stand for."),
        (Self::Server, "How the server is, and what describes it."),
    ];

    /// Its name.
    pub(crate) fn name(self) -> String {
        format!("{self:?}")
    }
}

/// What an answer holds.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Nothing.
    None,
    /// A message, by the name of its schema. Every notation that the server writes has it.
    Message(Cow<'static, str>),
    /// One of these messages.
    AnyMessage(Vec<Cow<'static, str>>),
    /// What something means: an object of this schema in JSON, the same in XML, and a page for people.
    Explanation(Value),
    /// JSON and nothing else.
    Json(Value),
    /// Text of this type.
    Text(&'static str),
    /// Text of one of these types.
    Texts(&'static [&'static str]),
}

/// An answer that is no refusal.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Its status.
    pub(crate) status: u16,
    /// When it comes.
    pub(crate) meaning: Cow<'static, str>,
    /// What it holds.
    pub(crate) content: Content,
    /// Headers besides those of every answer.
    pub(crate) headers: Vec<Header>,
    /// What can be called next.
    pub(crate) links: Vec<Link>,
}

/// What can be called next with what an answer holds.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The operation's id.
    pub(crate) operation: String,
    /// Its parameters, and where in the answer their values are.
    pub(crate) parameters: Vec<(&'static str, String)>,
}

/// What a request may bring in XML.
#[derive(Debug, Clone, Copy)]
pub(crate) enum InXml {
    /// The message of this name of the standard.
    Message(&'static str),
    /// An element of this name of our own, with the same members.
    Own(&'static str),
}

/// What a request brings.
#[derive(Debug, Clone)]
pub(crate) struct Brings {
    /// The schemas of which it is one.
    pub(crate) any_of: Vec<Cow<'static, str>>,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What it is.
    pub(crate) meaning: Cow<'static, str>,
    /// What it may be in XML.
    pub(crate) in_xml: InXml,
    /// Each with its name, what it shows, and the body.
    pub(crate) examples: Vec<(&'static str, &'static str, Value)>,
}

/// A method of a path.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) tag: Tag,
    pub(crate) summary: Cow<'static, str>,
    pub(crate) about: Cow<'static, str>,
    /// Of which its caller needs one; none where it needs no credential.
    pub(crate) needs: Vec<Permission>,
    /// The part of the path in braces: what it is, and one of it.
    pub(crate) segment: Option<(&'static str, &'static str)>,
    pub(crate) query: &'static [Parameter],
    pub(crate) headers: Vec<Header>,
    pub(crate) brings: Option<Brings>,
    /// Texts of these types that it takes, and what each is.
    pub(crate) texts: &'static [(&'static str, &'static str)],
    pub(crate) answers: Vec<Answer>,
    problems: Vec<Kind>,
}

/// What is refused of a body.
const BODY: &[Kind] = &[Kind::Malformed, Kind::Stalled, Kind::TooLarge, Kind::UnsupportedMediaType, Kind::Invalid];

impl Operation {
    /// An operation of which nothing is told yet.
    pub(crate) fn new(
        method: &'static str,
        path: impl Into<String>,
        id: impl Into<String>,
        tag: Tag,
        summary: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            method,
            path: path.into(),
            id: id.into(),
            tag,
            summary: summary.into(),
            about: Cow::Borrowed(""),
            needs: Vec::new(),
            segment: None,
            query: &[],
            headers: Vec::new(),
            brings: None,
            texts: &[],
            answers: Vec::new(),
            problems: vec![Kind::NotAcceptable, Kind::Internal],
        }
    }

    /// More about it than its summary.
    pub(crate) fn about(self, about: impl Into<Cow<'static, str>>) -> Self {
        Self { about: about.into(), ..self }
    }

    /// It needs a credential that may do this.
    pub(crate) fn needs(self, permission: Permission) -> Self {
        self.needs_one_of(&[permission])
    }

    /// It needs a credential that may do one of these things.
    pub(crate) fn needs_one_of(self, permissions: &[Permission]) -> Self {
        Self { needs: permissions.to_vec(), ..self }.refuses(&[
            Kind::Malformed,
            Kind::Unauthenticated,
            Kind::Forbidden,
            Kind::QuotaExceeded,
            Kind::Unavailable,
        ])
    }

    /// It reads a query, if only to refuse what it does not know.
    pub(crate) fn query(self, parameters: &'static [Parameter]) -> Self {
        Self { query: parameters, ..self }.refuses(&[Kind::Malformed, Kind::Invalid, Kind::TooLarge])
    }

    /// The part of its path in braces: what it is, and one of it.
    pub(crate) fn segment(self, meaning: &'static str, example: &'static str) -> Self {
        Self { segment: Some((meaning, example)), ..self }.refuses(&[Kind::NotFound])
    }

    /// A header that it reads.
    pub(crate) fn header(mut self, header: Header) -> Self {
        self.headers.push(header);
        self
    }

    /// It writes: once for each `Idempotency-Key`.
    pub(crate) fn writes(self) -> Self {
        self.header(Header::IdempotencyKey).refuses(&[Kind::KeyInFlight, Kind::KeyReused])
    }

    /// What it brings.
    pub(crate) fn brings(self, brings: Brings) -> Self {
        Self { brings: Some(brings), ..self }.refuses(BODY)
    }

    /// The texts it takes: of which type, and what they are.
    pub(crate) fn takes_texts(self, texts: &'static [(&'static str, &'static str)]) -> Self {
        Self { texts, ..self }.refuses(BODY)
    }

    /// An answer.
    pub(crate) fn answers(self, status: u16, meaning: impl Into<Cow<'static, str>>, content: Content) -> Self {
        self.answers_with(Answer { status, meaning: meaning.into(), content, headers: Vec::new(), links: Vec::new() })
    }

    /// An answer with headers or links.
    pub(crate) fn answers_with(mut self, answer: Answer) -> Self {
        self.answers.push(answer);
        self
    }

    /// What it refuses, besides what follows from the rest.
    pub(crate) fn refuses(mut self, kinds: &[Kind]) -> Self {
        self.problems.extend_from_slice(kinds);
        self
    }

    /// All it refuses, each once, by status.
    pub(crate) fn problems(&self) -> Vec<Kind> {
        Kind::ALL.iter().copied().filter(|kind| self.problems.contains(kind)).collect()
    }
}

/// The message called `name`.
pub(crate) fn message(name: impl Into<Cow<'static, str>>) -> Content {
    Content::Message(name.into())
}

/// An object of these fields in JSON, each with its schema, its meaning and an example.
pub(crate) fn object(meaning: &str, fields: &[(&str, Value, &str, Value)]) -> Value {
    let properties: serde_json::Map<String, Value> = fields
        .iter()
        .map(|(name, schema, meaning, example)| {
            let mut schema = schema.clone();
            schema["description"] = (*meaning).into();
            schema["examples"] = json!([example]);
            ((*name).to_owned(), schema)
        })
        .collect();
    json!({"type": "object", "description": meaning, "properties": properties})
}

/// Where the receipt of an answer is found again.
pub(crate) fn link_to_receipt() -> Link {
    Link {
        name: "GetReceipt",
        operation: "getReceipt".to_owned(),
        parameters: vec![("receipt", "$response.body#/receipt".to_owned())],
    }
}

/// The schema of a name or an id in a path.
pub(crate) fn segment_schema() -> Value {
    schema::id()
}
