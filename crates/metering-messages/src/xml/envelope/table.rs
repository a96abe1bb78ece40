//! The envelope as its schema has it, in tables: reading walks along them, and the schema that is
//! served with the WSDL is made from them.

use serde::{Deserialize, Serialize};

use crate::xml::elements::{NAME, Name};
use crate::xml::schema::Content::{Boolean, DateTime, Integer, Of, String as Text, Token, Words};
use crate::xml::schema::elements;

/// An `ID`: a text, and what kind of text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct IdElement {
    #[serde(rename = "#text", default)]
    pub(super) value: String,
    #[serde(rename = "@kind", default, skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    #[serde(rename = "@idType", default, skip_serializing_if = "Option::is_none")]
    pub(super) id_type: Option<String>,
    #[serde(rename = "@idAuthority", default, skip_serializing_if = "Option::is_none")]
    pub(super) authority: Option<String>,
    #[serde(rename = "@objectType", default, skip_serializing_if = "Option::is_none")]
    pub(super) object_type: Option<String>,
}

/// The verbs of the schema.
const VERBS: &[&str] = &[
    "cancel", "canceled", "change", "changed", "create", "created", "close", "closed", "delete", "deleted", "get",
    "reply", "execute", "executed",
];

elements! {
    pub(super) ReplayDetectionElement = REPLAY_DETECTION {
        "Nonce" Required Text => nonce: Option<String>;
        "Created" Required DateTime => created: Option<String>;
    }
}

elements! {
    pub(super) UserElement = USER {
        "UserID" Required Text => id: Option<String>;
        "Organization" Optional Text => organization: Option<String>;
    }
}

elements! {
    pub(super) PropertyElement = PROPERTY {
        "Name" Required Text => name: Option<String>;
        "Value" Optional Text => value: Option<String>;
    }
}

elements! {
    /// The header.
    pub(super) HeaderElement = HEADER {
        "Verb" Required Words(VERBS) => verb: Option<String>;
        "Noun" Required Token => noun: Option<String>;
        "Revision" Optional Text => revision: Option<String>;
        "ReplayDetection" Optional Of(REPLAY_DETECTION) => replay_detection: Option<ReplayDetectionElement>;
        "Context" Optional Text => context: Option<String>;
        "Timestamp" Optional DateTime => timestamp: Option<String>;
        "Source" Optional Text => source: Option<String>;
        "AsyncReplyFlag" Optional Boolean => async_reply: Option<String>;
        "ReplyAddress" Optional Text => reply_address: Option<String>;
        "AckRequired" Optional Boolean => ack_required: Option<String>;
        "User" Optional Of(USER) => user: Option<UserElement>;
        "MessageID" Optional Text => message_id: Option<String>;
        "CorrelationID" Optional Text => correlation_id: Option<String>;
        "Comment" Optional Text => comment: Option<String>;
        "Property" Many Of(PROPERTY) => properties: Vec<PropertyElement>;
    }
}

elements! {
    /// What the two sides have agreed upon; here the names are small.
    pub(super) OPTION {
        "name" Required Text => kept;
        "value" Optional Text => kept;
    }
}

elements! {
    /// What a request is about.
    pub(super) REQUEST {
        "StartTime" Optional DateTime => kept;
        "EndTime" Optional DateTime => kept;
        "Option" Many Of(OPTION) => kept;
        "ID" Many Text => kept;
        "*" Many Text => kept;
    }
}

elements! {
    pub(super) LOCATION {
        "node" Optional Text;
        "pipeline" Optional Text;
        "stage" Optional Text;
    }
}

elements! {
    pub(super) ObjectElement = OBJECT {
        "mRID" Optional Text => mrid: Option<String>;
        "Name" Many Of(NAME) => names: Vec<Name>;
        "objectType" Optional Text => object_type: Option<String>;
    }
}

/// How grave an error is.
const LEVELS: &[&str] = &["INFORM", "WARNING", "FATAL", "CATASTROPHIC"];

elements! {
    /// What was wrong. Where it came from inside of its sender is not kept.
    pub(super) ErrorElement = ERROR {
        "code" Required Token => code: Option<String>;
        "level" Optional Words(LEVELS) => level: Option<String>;
        "reason" Optional Text => reason: Option<String>;
        "details" Optional Text => details: Option<String>;
        "xpath" Optional Text => xpath: Option<String>;
        "stackTrace" Optional Text;
        "Location" Optional Of(LOCATION);
        "ID" Optional Text => id: Option<IdElement>;
        "relatedID" Optional Text => related_id: Option<IdElement>;
        "object" Optional Of(OBJECT) => object: Option<ObjectElement>;
        "operationId" Optional Integer => operation: Option<String>;
    }
}

/// What became of a request.
const RESULTS: &[&str] = &["OK", "PARTIAL", "FAILED"];

elements! {
    /// What became of a request.
    pub(super) ReplyElement = REPLY {
        "Result" Required Words(RESULTS) => result: Option<String>;
        "Error" Many Of(ERROR) => errors: Vec<ErrorElement>;
        "ID" Many Text => ids: Vec<IdElement>;
        "operationId" Optional Integer => operation: Option<String>;
    }
}

elements! {
    /// One thing to do.
    pub(super) OPERATION {
        "operationId" Required Integer => kept;
        "noun" Optional Token => kept;
        "verb" Optional Token => kept;
        "elementOperation" Optional Boolean => kept;
        "*" Optional Text => kept;
    }
}

elements! {
    /// Several things to do.
    pub(super) OPERATION_SET {
        "enforceMsgSequence" Optional Boolean => kept;
        "enforceTransactionalIntegrity" Optional Boolean => kept;
        "Operation" Many Of(OPERATION) => kept;
    }
}

elements! {
    /// What is in the envelope. By the schema it is one of the first three.
    pub(super) PAYLOAD {
        "OperationSet" Optional Of(OPERATION_SET) => kept;
        "Compressed" OrOptional Token => kept;
        "*" OrOptional Text => kept;
        "ID" Many Text;
        "Format" Optional Text => kept;
    }
}

elements! {
    /// A request.
    pub(super) REQUEST_MESSAGE {
        "Header" Required Of(HEADER) => kept;
        "Request" Optional Of(REQUEST) => kept;
        "Payload" Optional Of(PAYLOAD) => kept;
    }
}

elements! {
    /// An answer.
    pub(super) RESPONSE_MESSAGE {
        "Header" Required Of(HEADER) => kept;
        "Reply" Required Of(REPLY) => kept;
        "Payload" Optional Of(PAYLOAD) => kept;
    }
}

elements! {
    /// Something that happened.
    pub(super) EVENT_MESSAGE {
        "Header" Required Of(HEADER) => kept;
        "Payload" Optional Of(PAYLOAD) => kept;
    }
}

elements! {
    /// Why nothing became of a request.
    pub(super) FAULT_MESSAGE {
        "Reply" Required Of(REPLY) => kept;
    }
}
