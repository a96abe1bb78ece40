//! What the operations of controls take and answer.

use metering_messages::json::schema::{self, Object, Way, any_of, four_part_code, one_of};
use metering_model::{ControlStatus, Permission, words};
use serde_json::{Value, json};

use super::PATH;
use crate::endpoints::pages::LIMIT;
use crate::endpoints::writing::receipts;
use crate::openapi::{Answer, Brings, Header, InXml, Link, Operation, Tag, message};
use crate::parameters::{CURSOR, Parameter};
use crate::problem::Kind;

fn statuses() -> Value {
    one_of(&ControlStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>())
}

pub(super) const QUERY: &[Parameter] = &[
    Parameter::each("deviceId", schema::id, "1234LG", "For this device: an mRID, or a name that only one object has."),
    Parameter::each(
        "controlType",
        || any_of([one_of(words::CONTROL_WORDS), four_part_code()]),
        "remoteDisconnect",
        "Of this type: a word or a 4-part code.",
    ),
    Parameter::each("status", statuses, "scheduled", "In this state."),
    Parameter::one("from", schema::time, "2024-01-15T00:00:00Z", "That arrived at this instant or later."),
    Parameter::one("to", schema::time, "2024-01-16T00:00:00Z", "That arrived before this instant."),
    LIMIT,
    CURSOR,
];

/// The two that can follow: the links of an answer that has the control at `at`.
fn links(at: &str) -> Vec<Link> {
    let id = || vec![("id", format!("$response.body#{at}/id"))];
    vec![
        Link { name: "GetControl", operation: "getEndDeviceControl".to_owned(), parameters: id() },
        Link { name: "CancelControl", operation: "cancelEndDeviceControl".to_owned(), parameters: id() },
    ]
}

/// The body of a withdrawal.
pub(in crate::endpoints) fn withdrawal_schema() -> Object {
    Object {
        name: "Withdrawal".to_owned(),
        meaning: "Why a control is withdrawn.".to_owned(),
        way: Way::Sent,
        fields: vec![schema::optional("reason", schema::line(1, 1_000), "For people.")],
        example: json!({"reason": "no longer needed"}),
    }
}

/// What can be done with controls.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    let new = |method, path: String, id, summary| Operation::new(method, path, id, Tag::EndDeviceControls, summary);
    let (segment, example) = ("The control's id.", "control-7");
    vec![
        new("get", PATH.to_owned(), "getEndDeviceControls", "Controls, the newest first")
            .needs(Permission::ReadControls)
            .query(QUERY)
            .answers_with(Answer {
                status: 200,
                meaning: "Those found, none too.".into(),
                content: message("EndDeviceControlsPage"),
                headers: vec![Header::Link],
                links: Vec::new(),
            }),
        receipts(
            new("post", PATH.to_owned(), "submitEndDeviceControls", "Issue controls")
                .about(
                    "Load controls and prices need the role `operator`, disconnecting and reconnecting the role \
                     `switching`. 201 means accepted, not executed. A control that equals one that is still open is \
                     unchanged and answered with that one.",
                )
                .needs(Permission::SubmitControls)
                .brings(Brings {
                    any_of: vec!["EndDeviceControls".into(), "EndDeviceControl".into()],
                    required: true,
                    in_xml: InXml::Message("EndDeviceControls"),
                    meaning: "A list of controls, or one control alone.".into(),
                    examples: vec![
                        (
                            "loadControl",
                            "Limit a load",
                            json!({"controls": [{
                                "deviceId": "3dc53ee5-777e-50b4-8699-a1c224d493d",
                                "controlType": "loadControlSignal",
                                "controlValue": "50",
                                "controlUnit": "kW",
                                "effectiveDateTime": "2024-01-15T10:30:00Z",
                                "reason": "Demand response event",
                                "priority": "high",
                            }]}),
                        ),
                        (
                            "disconnect",
                            "Disconnect a device",
                            json!({"controls": [{
                                "deviceId": "3dc53ee5-777e-50b4-8699-a1c224d493d",
                                "controlType": "remoteDisconnect",
                                "reason": "Non-payment",
                                "priority": "high",
                            }]}),
                        ),
                    ],
                }),
            "EndDeviceControlsReceipt",
            &links("/controls/0"),
        ),
        new("get", format!("{PATH}/{{id}}"), "getEndDeviceControl", "One control and how far it is")
            .needs(Permission::ReadControls)
            .segment(segment, example)
            .query(&[])
            .answers_with(Answer {
                status: 200,
                meaning: "The control.".into(),
                content: message("RecordedControl"),
                headers: Vec::new(),
                links: links(""),
            }),
        new("post", format!("{PATH}/{{id}}/cancel"), "cancelEndDeviceControl", "Withdraw a control")
            .about("Only one that has not been sent can be withdrawn. It needs the role that issuing it needs.")
            .needs(Permission::SubmitControls)
            .segment(segment, example)
            .query(&[])
            .writes()
            .brings(Brings {
                any_of: vec!["Withdrawal".into()],
                required: false,
                in_xml: InXml::Own("withdrawal"),
                meaning: "Why; it may be left out.".into(),
                examples: vec![("reason", "With a reason", json!({"reason": "no longer needed"}))],
            })
            .refuses(&[Kind::Conflict])
            .answers_with(Answer {
                status: 200,
                meaning: "The control, cancelled.".into(),
                content: message("RecordedControl"),
                headers: vec![Header::Replayed],
                links: links(""),
            }),
    ]
}
