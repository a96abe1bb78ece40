//! The schemas of events.

use metering_model::words;
use serde_json::{Value, json};

use crate::Limits;
use crate::json::receipt;
use crate::json::schema::{
    Field, Object, Schemas, Way, also, any_of, boolean, four_part_code, id, line, lines, message, optional, page,
    required, time,
};

/// Details of one event, at the most.
const DETAILS: usize = 100;

/// Adds the schemas of this noun.
pub(crate) fn add(limits: &Limits, schemas: &mut Schemas) {
    schemas.add_message(Object {
        name: "EndDeviceEvent".to_owned(),
        meaning:
            "What a device reported: its type by `eventType` or `eventTypeCode`. Nothing is refused for its wording."
                .to_owned(),
        way: Way::Sent,
        fields: reported(Way::Sent),
        example: sent_example(),
    });
    schemas.add(message("EndDeviceEvents", "events", "EndDeviceEvent", limits, sent_example()));
    let mut fields = vec![required("id", id(), "Its id: the sender's mRID, or one of the server.")];
    fields.extend(reported(Way::Answered));
    fields.extend([
        optional("unmapped", boolean(), "True where `eventType` is a word that no table of the server has."),
        required("recordedAt", time(), "When it counts as recorded."),
    ]);
    schemas.add(Object {
        name: "RecordedEvent".to_owned(),
        meaning: "An event as it is stored.".to_owned(),
        way: Way::Answered,
        fields,
        example: answered_example(),
    });
    schemas.add(page("EndDeviceEventsPage", "events", "RecordedEvent", answered_example()));
    schemas.add(receipt::schema::with_items("EndDeviceEventsReceipt", "events", "RecordedEvent", answered_example()));
}

/// What is told of an event.
fn reported(way: Way) -> Vec<Field> {
    let mut event_type = line(1, 255);
    event_type["x-extensible-enum"] = json!(words::EVENT_WORDS);
    let text = line(0, 4096);
    let details = match way {
        Way::Sent => any_of([lines(4096), json!({"type": ["number", "null"]})]),
        Way::Answered => text,
    };
    vec![
        optional("mRID", id(), "The sender's own id; it is the `id` then."),
        required("deviceId", id(), "The device; a meter is a device."),
        optional("usagePointId", id(), "The usage point where it happened."),
        optional(
            "eventType",
            event_type,
            format!(
                "What happened: one of the words, or any other, which is kept as sent and marked `unmapped`; as sent also \
                 a 4-part code.{}",
                also("eventType")
            ),
        ),
        optional("eventTypeCode", four_part_code(), "The 4-part code in place of the word, or agreeing with it."),
        required("eventDateTime", time(), "When it happened at the device."),
        optional("severity", lines(255), "How bad it is, in the sender's words."),
        optional("description", lines(4096), "What happened, for people."),
        optional("eventCode", lines(255), "The maker's own code."),
        optional("issuerTrackingID", line(0, 255), "What the sender follows it by."),
        optional(
            "details",
            json!({
                "type": "object",
                "additionalProperties": details,
                "propertyNames": {"minLength": 1, "maxLength": 255},
                "maxProperties": DETAILS,
            }),
            "More about it, name by name.",
        ),
    ]
}

pub(super) fn sent_example() -> Value {
    json!({
        "mRID": "event-7",
        "deviceId": "3dc53ee5-777e-50b4-8699-a1c224d493d",
        "usagePointId": "UP-1",
        "eventType": "tamperingAlert",
        "eventTypeCode": "3.12.0.257",
        "eventDateTime": "2024-01-15T10:15:00Z",
        "severity": "high",
        "description": "Potential tampering detected on meter",
        "eventCode": "TAM001",
        "issuerTrackingID": "42",
        "details": {"cover": "terminal"},
    })
}

fn answered_example() -> Value {
    let mut example = sent_example();
    example["id"] = json!("event-7");
    example["unmapped"] = json!(true);
    example["recordedAt"] = json!("2024-01-15T10:15:02Z");
    example
}

#[cfg(test)]
mod tests {
    use super::super::read::{EventFields, SERVER_OWNED, read};
    use super::*;
    use crate::json::fields::Fields as _;
    use crate::json::schema::tests::{holds, properties, same_names};

    #[test]
    fn schema_and_reader_are_one() {
        let read = |body: &[u8]| read(body, &Limits::default()).map(|it| it.violations);
        same_names(&properties("EndDeviceEvent"), EventFields::NAMES, &SERVER_OWNED);
        same_names(&properties("RecordedEvent"), EventFields::NAMES, &[]);
        holds("EndDeviceEvent", "events", &sent_example(), &["eventType"], read);
    }
}
