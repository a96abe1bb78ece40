//! The message `EndDeviceEvents`: what devices report.

use crate::{EndDeviceEventId, EndDeviceEventType, EndDeviceId, TimeStamp, UsagePointId, words};

/// What kind of event, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventType {
    /// A code of the standard's form, listed or not.
    Code(EndDeviceEventType),
    /// A word the tables do not have; kept as sent, for nothing a device reports is refused for
    /// its wording.
    Unmapped(String),
}

impl EventType {
    /// The type that a word of the API or a 4-part code names; any other text is kept as it is.
    ///
    /// ```
    /// use metering_model::EventType;
    ///
    /// assert_eq!(EventType::from_text("tamperingAlert"), EventType::from_text("3.12.0.257"));
    /// assert_eq!(EventType::from_text("meterOnFire"), EventType::Unmapped("meterOnFire".into()));
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match words::event_type(text).or_else(|| text.parse().ok()) {
            Some(code) => Self::Code(code),
            None => Self::Unmapped(text.to_owned()),
        }
    }
}

/// An event as it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct EndDeviceEvent {
    /// The sender's own id; it becomes the event's id.
    pub mrid: Option<EndDeviceEventId>,
    /// The device that reports.
    pub device: EndDeviceId,
    /// What happened.
    pub event_type: EventType,
    /// The word that came beside a code, where the tables do not have it; kept as sent.
    pub word: Option<String>,
    /// When it happened, by the device's clock (`createdDateTime` in the standard).
    pub created: TimeStamp,
    /// How grave, in the sender's words.
    pub severity: Option<String>,
    /// In words (`reason` in the standard).
    pub description: Option<String>,
    /// The maker's own code; never the event type.
    pub event_code: Option<String>,
    /// Where the device was.
    pub usage_point: Option<UsagePointId>,
    /// The sender's number of the matter, by which a control's result is told.
    pub issuer_tracking_id: Option<String>,
    /// Further details, name to text, in the order sent.
    pub details: Vec<(String, String)>,
}

/// The message: events and the item each came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct EndDeviceEvents {
    /// The events, each with its place in the message.
    pub events: Vec<(u32, EndDeviceEvent)>,
    /// How many items the message had, with those that could not be read.
    pub received: u32,
}

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "camelCase"))]
pub struct RecordedEvent {
    /// Its id: the sender's mRID, else one the server made.
    pub id: EndDeviceEventId,
    /// The event.
    pub event: EndDeviceEvent,
    /// When it arrived.
    pub recorded_at: TimeStamp,
}

/// Which events are asked for, by the event's own time in `[from, to)`, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GetEndDeviceEvents {
    /// Of these devices.
    pub devices: Vec<EndDeviceId>,
    /// Of these types, the device type aside; a word of no table finds what was sent with it.
    pub event_types: Vec<EventType>,
    /// Of these severities, as they were sent.
    pub severities: Vec<String>,
    /// Happened at this instant or after.
    pub from: Option<TimeStamp>,
    /// Happened before this instant.
    pub to: Option<TimeStamp>,
}
