//! The schemas of controls.

use metering_model::{ControlStatus, words};
use serde_json::{Value, json};

use crate::Limits;
use crate::json::receipt;
use crate::json::schema::{
    Field, Object, Schemas, Way, any_of, four_part_code, id, line, list, message, one_of, optional, page, reference,
    required, text, time,
};

/// Devices that one control is for, at the most.
const DEVICES: usize = 10_000;

/// Adds the schemas of this noun.
pub(crate) fn add(limits: &Limits, schemas: &mut Schemas) {
    schemas.add_message(Object {
        name: "EndDeviceControl".to_owned(),
        meaning:
            "What devices are to do: a type by `controlType` or `controlTypeCode`, and whom it is for by at least \
                  one of `deviceId`, `deviceIds`, `usagePointId` and `group`."
                .to_owned(),
        way: Way::Sent,
        fields: asked(Way::Sent),
        example: sent_example(),
    });
    schemas.add(message("EndDeviceControls", "controls", "EndDeviceControl", limits, sent_example()));
    let statuses: Vec<&str> = ControlStatus::ALL.iter().map(|status| status.as_str()).collect();
    let status = || one_of(&statuses);
    schemas.add(Object {
        name: "ControlStep".to_owned(),
        meaning: "A state that a control came to.".to_owned(),
        way: Way::Answered,
        fields: vec![
            required("status", status(), "The state."),
            required("at", time(), "When."),
            required("by", text(), "The key or subject that did it, or `server`."),
            optional("reason", text(), "Why, where somebody said so."),
        ],
        example: step_example(),
    });
    schemas.add(Object {
        name: "DeviceResult".to_owned(),
        meaning: "How far a control is at one of its devices.".to_owned(),
        way: Way::Answered,
        fields: vec![required("deviceId", id(), "The device."), required("status", status(), "Its state there.")],
        example: result_example(),
    });
    let mut fields = vec![required("id", id(), "Its id: the sender's mRID, or one of the server.")];
    fields.extend(asked(Way::Answered));
    fields.extend([
        required("receivedAt", time(), "When it arrived."),
        required("status", status(), "Where it is in its life. Accepted is not executed: only `completed` is that."),
        required("steps", list(reference("ControlStep"), None), "The states it has been in, the first one first."),
        required(
            "verification",
            one_of(words::VERIFICATION_WORDS),
            "Whether what the device reported later agrees with it.",
        ),
        optional(
            "results",
            list(reference("DeviceResult"), None),
            "Its state at each device, where there are several.",
        ),
    ]);
    schemas.add(Object {
        name: "RecordedControl".to_owned(),
        meaning: "A control as it is stored, with what became of it.".to_owned(),
        way: Way::Answered,
        fields,
        example: answered_example(),
    });
    schemas.add(page("EndDeviceControlsPage", "controls", "RecordedControl", answered_example()));
    schemas.add(receipt::schema::with_items(
        "EndDeviceControlsReceipt",
        "controls",
        "RecordedControl",
        answered_example(),
    ));
}

/// What a control asks for.
fn asked(way: Way) -> Vec<Field> {
    let control_type = match way {
        Way::Sent => any_of([one_of(words::CONTROL_WORDS), four_part_code()]),
        Way::Answered => one_of(words::CONTROL_WORDS),
    };
    let number = Way::Answered.decimal();
    let code = "The 4-part code in place of the word, or agreeing with it.";
    let priority = "How urgent it is among others that are due. Absent: `normal`.";
    let mut fields = vec![
        optional("mRID", id(), "The sender's own id; it is the `id` then."),
        optional("deviceId", id(), "The device it is for; a meter is a device."),
        optional("deviceIds", list(id(), Some(DEVICES)), "The devices it is for, each once."),
        optional("usagePointId", id(), "The usage point whose devices it is for."),
        optional("group", line(1, 255), "The group whose devices it is for."),
        optional("controlType", control_type, "What is to be done; as sent also a 4-part code."),
    ];
    fields.push(match way {
        Way::Sent => optional("controlTypeCode", four_part_code(), code),
        Way::Answered => required("controlTypeCode", four_part_code(), "The 4-part code."),
    });
    fields.extend([
        optional(
            "controlValue",
            any_of([line(1, 255), number]),
            "How much, in `controlUnit`; it stays the text or the number that was sent. kW of a load control means: \
             demand not above that.",
        ),
        optional(
            "controlUnit",
            line(1, 64),
            "What the value counts: `W`, `kW`, `MW`, `A` or `%` of a load, `EUR/kWh` of a price.",
        ),
        optional(
            "mode",
            one_of(words::CONTROL_MODE_WORDS),
            "How the value of a load control is meant. Absent: `limit`.",
        ),
        optional(
            "effectiveDateTime",
            time(),
            "When it takes effect. Absent: as soon as possible. More than an hour ago and without a later `expiresAt`: \
             stored as `expired` and never sent.",
        ),
    ]);
    let expires = "From when it is not sent any more. Absent: 24 hours after it takes effect, 4 for switching.";
    fields.push(match way {
        Way::Sent => optional("expiresAt", time(), expires),
        Way::Answered => required("expiresAt", time(), expires),
    });
    fields.extend([
        optional(
            "duration",
            json!({"type": "string", "pattern": "^P[0-9WDTHMS]+$"}),
            "How long it is in effect (ISO 8601): days, hours, minutes and seconds, 366 days at the most.",
        ),
        optional("reason", line(0, 1024), "Why, for people. Switching needs one that is not empty."),
        optional("reasonCode", line(1, 255), "Why, for machines."),
    ]);
    fields.push(match way {
        Way::Sent => optional("priority", one_of(words::PRIORITY_WORDS), priority),
        Way::Answered => required("priority", one_of(words::PRIORITY_WORDS), priority),
    });
    fields.push(optional("issuerTrackingID", line(0, 255), "The sender's own number for it."));
    fields
}

pub(super) fn sent_example() -> Value {
    json!({
        "mRID": "control-7",
        "deviceId": "3dc53ee5-777e-50b4-8699-a1c224d493d",
        "deviceIds": ["1234LG", "1235LG"],
        "usagePointId": "UP-1",
        "group": "heat pumps",
        "controlType": "loadControlSignal",
        "controlTypeCode": "12.15.43.300",
        "controlValue": "50",
        "controlUnit": "kW",
        "mode": "limit",
        "effectiveDateTime": "2024-01-15T10:30:00Z",
        "expiresAt": "2024-01-15T12:00:00Z",
        "duration": "PT30M",
        "reason": "Demand response event",
        "reasonCode": "DR-1",
        "priority": "high",
        "issuerTrackingID": "T-1",
    })
}

fn step_example() -> Value {
    json!({"status": "cancelled", "at": "2024-01-15T10:05:00Z", "by": "0193f0c2", "reason": "no longer needed"})
}

fn result_example() -> Value {
    json!({"deviceId": "1235LG", "status": "completed"})
}

fn answered_example() -> Value {
    let mut example = sent_example();
    for (name, value) in [
        ("id", json!("control-7")),
        ("receivedAt", json!("2024-01-15T10:00:00Z")),
        ("status", json!("cancelled")),
        ("steps", json!([{"status": "received", "at": "2024-01-15T10:00:00Z", "by": "0193f0c2"}, step_example()])),
        ("verification", json!("none")),
        ("results", json!([result_example()])),
    ] {
        example[name] = value;
    }
    example
}

#[cfg(test)]
mod tests {
    use super::super::read::{ControlFields, SERVER_OWNED, read};
    use super::*;
    use crate::json::fields::Fields as _;
    use crate::json::schema::tests::{holds, properties, same_names};

    #[test]
    fn schema_and_reader_are_one() {
        let read = |body: &[u8]| read(body, &Limits::default()).map(|it| it.violations);
        same_names(&properties("EndDeviceControl"), ControlFields::NAMES, &SERVER_OWNED);
        same_names(&properties("RecordedControl"), ControlFields::NAMES, &[]);
        holds("EndDeviceControl", "controls", &sent_example(), &["controlType"], read);
    }
}
