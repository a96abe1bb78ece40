//! Faults: why nothing became of a SOAP message, for the sender's SOAP library and for the sender.

use super::Version;
use crate::envelope::{Refusal, Reply, ReplyCode};

/// Whose fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultCode {
    /// The envelope is of another version.
    VersionMismatch,
    /// A header that must be understood is not.
    MustUnderstand,
    /// The sender's: `Client` in SOAP 1.1, `Sender` in SOAP 1.2.
    Sender,
    /// Ours: `Server` in SOAP 1.1, `Receiver` in SOAP 1.2.
    Receiver,
}

impl FaultCode {
    /// The word of that version.
    #[must_use]
    pub const fn as_str(self, version: Version) -> &'static str {
        match (self, version) {
            (Self::VersionMismatch, _) => "VersionMismatch",
            (Self::MustUnderstand, _) => "MustUnderstand",
            (Self::Sender, Version::V1_1) => "Client",
            (Self::Sender, Version::V1_2) => "Sender",
            (Self::Receiver, Version::V1_1) => "Server",
            (Self::Receiver, Version::V1_2) => "Receiver",
        }
    }
}

/// A header that must be understood and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotUnderstood {
    /// Its namespace; empty where it has none.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// Why nothing became of a SOAP message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which version it is told.
    pub version: Version,
    /// Whose fault it is.
    pub code: FaultCode,
    /// In words for a person.
    pub reason: String,
    /// The same as IEC 61968-100 tells it; it is the fault's detail.
    pub reply: Option<Reply>,
    /// The headers that must be understood and are not.
    pub not_understood: Vec<NotUnderstood>,
}

impl Fault {
    /// A fault whose cause IEC 61968-100 has a code for. It is the receiver's for the codes that say
    /// so, else the sender's.
    ///
    /// ```
    /// use metering_messages::envelope::{Refusal, ReplyCode};
    /// use metering_messages::soap::{Fault, FaultCode, Version};
    ///
    /// let fault = Fault::of(Version::V1_2, Refusal::new(ReplyCode::SYSTEM_BUSY, "try again in a minute"));
    /// assert_eq!((fault.code, fault.http_status()), (FaultCode::Receiver, 500));
    /// ```
    #[must_use]
    pub fn of(version: Version, refusal: Refusal) -> Self {
        let ours = refusal.code.suggested_http_statuses().iter().any(|status| *status >= 500);
        let code = if ours { FaultCode::Receiver } else { FaultCode::Sender };
        let reason = refusal.detail.clone();
        Self { reply: Some(refusal.into_reply()), ..Self::plain(version, code, reason) }
    }

    /// A fault of SOAP itself.
    #[must_use]
    pub fn plain(version: Version, code: FaultCode, reason: impl Into<String>) -> Self {
        Self { version, code, reason: reason.into(), reply: None, not_understood: Vec::new() }
    }

    /// The same with the reply in its detail that a message against the schema has.
    pub(crate) fn against_schema(version: Version, reason: impl Into<String>) -> Self {
        Self::of(version, Refusal::new(ReplyCode::AGAINST_SCHEMA, reason))
    }

    /// The HTTP status that the versions' bindings to HTTP have for it.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match (self.version, self.code) {
            (Version::V1_2, FaultCode::Sender) => 400,
            _ => 500,
        }
    }
}
