//! `Header`: who sends what, when, and how it is to be answered.

use std::fmt;

use metering_model::TimeStamp;

use super::{Noun, Verb};

/// The header of a message. Only verb and noun must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What is to be done.
    pub verb: Verb,
    /// To what.
    pub noun: Noun,
    /// The version of the noun's message; absent = `1`.
    pub revision: Option<String>,
    /// What makes the message one of its kind.
    pub replay_detection: Option<ReplayDetection>,
    /// What it is sent for.
    pub context: Option<Context>,
    /// When it was sent.
    pub timestamp: Option<TimeStamp>,
    /// The system that sends it.
    pub source: Option<String>,
    /// Whether the answer is to come later, to `reply_address`.
    pub async_reply: Option<bool>,
    /// Where the answer is to go.
    pub reply_address: Option<String>,
    /// Whether an answer is wanted at all; absent = yes.
    pub ack_required: Option<bool>,
    /// The person it is sent for.
    pub user: Option<User>,
    /// The sender's id of this message; no other has it.
    pub message_id: Option<String>,
    /// What messages that belong together share.
    pub correlation_id: Option<String>,
    /// For people.
    pub comment: Option<String>,
    /// What the two sides have agreed upon besides.
    pub properties: Vec<Property>,
}

impl Header {
    /// A header that says nothing else yet.
    #[must_use]
    pub fn new(verb: Verb, noun: impl Into<Noun>) -> Self {
        Self {
            verb,
            noun: noun.into(),
            revision: None,
            replay_detection: None,
            context: None,
            timestamp: None,
            source: None,
            async_reply: None,
            reply_address: None,
            ack_required: None,
            user: None,
            message_id: None,
            correlation_id: None,
            comment: None,
            properties: Vec::new(),
        }
    }

    /// The header of the answer to a message with this one: the same noun and context, and its
    /// correlation id, else its message id, to find the message again.
    ///
    /// ```
    /// use metering_messages::envelope::{Action, Header, MessageNoun, Verb};
    ///
    /// let mut asked = Header::new(Verb::Do(Action::Get), MessageNoun::MeterReadings);
    /// asked.message_id = Some("m-1".to_owned());
    /// let answer = asked.answer("a-1", "2024-01-15T10:00:00Z".parse()?);
    /// assert_eq!(answer.verb, Verb::Reply);
    /// assert_eq!(answer.correlation_id.as_deref(), Some("m-1"));
    /// # Ok::<(), metering_model::TimeStampError>(())
    /// ```
    #[must_use]
    pub fn answer(&self, message_id: &str, now: TimeStamp) -> Self {
        Self {
            revision: self.revision.clone(),
            context: self.context.clone(),
            timestamp: Some(now),
            message_id: Some(message_id.to_owned()),
            correlation_id: self.correlation_id.clone().or_else(|| self.message_id.clone()),
            ..Self::new(Verb::Reply, self.noun.clone())
        }
    }

    /// Whether an answer is wanted.
    #[must_use]
    pub fn wants_answer(&self) -> bool {
        self.ack_required != Some(false)
    }
}

/// What makes a message one of its kind, so that it cannot be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayDetection {
    /// A text that its sender uses once; unique for a day at least.
    pub nonce: String,
    /// When it was made.
    pub created: TimeStamp,
}

/// Somebody a message is sent for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The person.
    pub id: String,
    /// Where the person belongs.
    pub organization: Option<String>,
}

/// A name, and what is said under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Property {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Option<String>,
}

/// What a message is sent for: an open list of words, compared without regard to their case.
#[derive(Debug, Clone)]
pub struct Context(String);

impl Context {
    /// For earnest. A message that says nothing means this.
    pub const PRODUCTION: &'static str = "PRODUCTION";
    /// To try something.
    pub const TESTING: &'static str = "TESTING";
    /// To build something.
    pub const DEVELOPMENT: &'static str = "DEVELOPMENT";
    /// To find something out.
    pub const STUDY: &'static str = "STUDY";
    /// To practise.
    pub const TRAINING: &'static str = "TRAINING";

    /// The context of this word.
    #[must_use]
    pub fn of(word: impl Into<String>) -> Self {
        Self(word.into())
    }

    /// The word as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Context {
    fn default() -> Self {
        Self(Self::PRODUCTION.to_owned())
    }
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Context {}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
