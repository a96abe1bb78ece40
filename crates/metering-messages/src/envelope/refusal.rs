//! Why a message is refused as a whole.

use std::fmt;

use super::{Level, Outcome, Reply, ReplyCode, ReplyError};

/// Why nothing is done with a message: one cause, as a reply tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which kind of thing is wrong.
    pub code: ReplyCode,
    /// What was found and what would be right.
    pub detail: String,
    /// Where in the message, in XPath; the prefix `e` stands for the envelope's namespace.
    pub xpath: Option<String>,
}

impl Refusal {
    /// A refusal of the message as a whole.
    #[must_use]
    pub fn new(code: ReplyCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), xpath: None }
    }

    /// The same because of an element of the header.
    #[must_use]
    pub fn at_header(self, element: &str) -> Self {
        Self { xpath: Some(format!("/*/e:Header/e:{element}")), ..self }
    }

    /// The reply that tells it.
    #[must_use]
    pub fn into_reply(self) -> Reply {
        let Self { code, detail, xpath } = self;
        let error = ReplyError { level: Some(Level::Fatal), details: Some(detail), xpath, ..ReplyError::new(code) };
        Reply { errors: vec![error], ..Reply::new(Outcome::Failed) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

impl std::error::Error for Refusal {}
