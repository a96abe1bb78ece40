//! `EndDeviceEvents` as the schema has it, and what of it is kept.

use crate::xml::elements::{FOUR_PART_TYPE, NAME, NAMED, Named, Reference as Ref, STATUS};
use crate::xml::schema::Content::{DateTime, Of, Reference, String as Text};
use crate::xml::schema::elements;

/// The name of the message.
pub(super) const NOUN: &str = "EndDeviceEvents";

elements! {
    /// The message.
    pub(in crate::xml) END_DEVICE_EVENTS {
        "EndDeviceEvent" Many Of(END_DEVICE_EVENT) => kept;
        "EndDeviceEventType" Many Of(FOUR_PART_TYPE);
    }
}

elements! {
    /// An event.
    pub(in crate::xml) EndDeviceEvent = END_DEVICE_EVENT {
        "mRID" Optional Text => mrid: Option<String>;
        "createdDateTime" Required DateTime => created: Option<String>;
        "issuerID" Optional Text;
        "issuerTrackingID" Optional Text => issuer_tracking_id: Option<String>;
        "reason" Optional Text => reason: Option<String>;
        "severity" Optional Text => severity: Option<String>;
        "userID" Optional Text;
        "Assets" Optional Of(NAMED) => asset: Option<Named>;
        "EndDeviceEventDetails" Many Of(DETAIL) => details: Vec<Detail>;
        "EndDeviceEventType" Required Reference => event_type: Option<Ref>;
        "Names" Many Of(NAME);
        "status" Optional Of(STATUS);
        "UsagePoint" Optional Of(NAMED) => usage_point: Option<Named>;
    }
}

elements! {
    /// Something further about an event.
    pub(in crate::xml) Detail = DETAIL {
        "name" Required Text => name: Option<String>;
        "value" Optional Text => value: Option<String>;
    }
}
