//! What the operations of events take and answer.

use metering_messages::json::schema;
use metering_model::Permission;
use serde_json::json;

use super::PATH;
use crate::endpoints::pages::LIMIT;
use crate::endpoints::writing::receipts;
use crate::openapi::{Answer, Brings, Header, InXml, Link, Operation, Tag, message};
use crate::parameters::{CURSOR, Parameter};

pub(super) const QUERY: &[Parameter] = &[
    Parameter::each("deviceId", schema::id, "1234LG", "Of this device: an mRID, or a name that only one object has."),
    Parameter::each(
        "eventType",
        schema::any_line,
        "tamperingAlert",
        "Of this type: a word or a 4-part code. A word of no table finds the events that were sent with it.",
    ),
    Parameter::each("severity", schema::any_line, "high", "Of this severity, as it was sent."),
    Parameter::one("from", schema::time, "2024-01-15T00:00:00Z", "That happened at this instant or later."),
    Parameter::one("to", schema::time, "2024-01-16T00:00:00Z", "That happened before this instant."),
    LIMIT,
    CURSOR,
];

/// What can be done with events.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    let new = |method, path: String, id, summary| Operation::new(method, path, id, Tag::EndDeviceEvents, summary);
    vec![
        new("get", PATH.to_owned(), "getEndDeviceEvents", "Events, the newest first")
            .needs(Permission::ReadEvents)
            .query(QUERY)
            .answers_with(Answer {
                status: 200,
                meaning: "Those found, none too.".into(),
                content: message("EndDeviceEventsPage"),
                headers: vec![Header::Link],
                links: Vec::new(),
            }),
        receipts(
            new("post", PATH.to_owned(), "submitEndDeviceEvents", "Report events")
                .about("Nothing is refused for its wording: a word that no table has is kept as sent and marked.")
                .needs(Permission::SubmitEvents)
                .brings(Brings {
                    any_of: vec!["EndDeviceEvents".into(), "EndDeviceEvent".into()],
                    required: true,
                    in_xml: InXml::Message("EndDeviceEvents"),
                    meaning: "A list of events, or one event alone.".into(),
                    examples: vec![(
                        "tampering",
                        "A meter is tampered with",
                        json!({
                            "deviceId": "3dc53ee5-777e-50b4-8699-a1c224d493d",
                            "eventType": "tamperingAlert",
                            "eventDateTime": "2024-01-15T10:15:00Z",
                            "severity": "high",
                            "description": "Potential tampering detected on meter",
                            "eventCode": "TAM001",
                        }),
                    )],
                }),
            "EndDeviceEventsReceipt",
            &[Link {
                name: "GetEvent",
                operation: "getEndDeviceEvent".to_owned(),
                parameters: vec![("id", "$response.body#/events/0/id".to_owned())],
            }],
        ),
        new("get", format!("{PATH}/{{id}}"), "getEndDeviceEvent", "One event")
            .needs(Permission::ReadEvents)
            .segment("The event's id.", "event-7")
            .query(&[])
            .answers(200, "The event.", message("RecordedEvent")),
    ]
}
