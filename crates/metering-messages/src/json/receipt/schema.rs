//! The schemas of receipts.

use serde_json::{Value, json};

use crate::json::schema::{
    Field, Object, Schemas, Way, integer, list, optional, reference, required, text, time, violation_code,
};

/// Adds the schemas of receipts.
pub(crate) fn add(schemas: &mut Schemas) {
    let count = |name, meaning: &str| required(name, integer(0, None), meaning);
    schemas.add(Object {
        name: "Counts".to_owned(),
        meaning: "What became of the items of a message.".to_owned(),
        way: Way::Answered,
        fields: vec![
            count("received", "Items there were."),
            count("inserted", "Items that are new."),
            count("unchanged", "Items that were known already."),
            count("superseded", "Items that took the place of an earlier value."),
            count("kept", "Items that are kept as revisions that are not current."),
            count("rejected", "Items that break a rule; they are not stored."),
        ],
        example: counts_example(),
    });
    schemas.add(Object {
        name: "Violation".to_owned(),
        meaning: "A rule that an item breaks.".to_owned(),
        way: Way::Answered,
        fields: vec![
            optional("pointer", text(), "Where in a body of JSON: a JSON pointer, as the fragment of a URI."),
            optional("xpath", text(), "Where in a body of XML: XPath 1.0; `m` is the namespace of the message."),
            required("code", violation_code(), "Which rule; programs may match on it. The list grows."),
            required("detail", text(), "What was found and what would be right, for people; it may change."),
        ],
        example: violation_example(),
    });
    schemas.add(Object {
        name: "Receipt".to_owned(),
        meaning: "What was done with a message that writes. It is on disk.".to_owned(),
        way: Way::Answered,
        fields: fields(),
        example: example(),
    });
    schemas.add(Object {
        name: "ReceiptsList".to_owned(),
        meaning: "Receipts, in the order of arrival.".to_owned(),
        way: Way::Answered,
        fields: vec![required("receipts", list(reference("Receipt"), None), "Those found.")],
        example: json!({"receipts": [example()]}),
    });
}

/// A receipt with the items as they are stored now.
pub(crate) fn with_items(name: &str, list_name: &'static str, item: &str, item_example: Value) -> Object {
    let mut fields = fields();
    let meaning = "Those that are stored, in the order of the request.";
    fields.push(required(list_name, list(reference(item), None), meaning));
    let mut example = example();
    example[list_name] = json!([item_example]);
    Object {
        name: name.to_owned(),
        meaning: format!("What was done with a message, and its `{list_name}`. It is on disk."),
        way: Way::Answered,
        fields,
        example,
    }
}

fn fields() -> Vec<Field> {
    let total = |of: &str| format!("How many {of} there are, where not all of them are told here.");
    vec![
        required("receipt", text(), "Its id; `GET /receipts/{receipt}` finds it again."),
        required(
            "sha256",
            json!({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
            "The hash of the body, inflated, in hexadecimal digits.",
        ),
        required("receivedAt", time(), "When the request arrived."),
        required(
            "recordedAt",
            time(),
            "When what it wrote counts as recorded: the instant for `asOf` and `recordedAfter`.",
        ),
        required("counts", reference("Counts"), "What became of the items."),
        required("errors", list(reference("Violation"), None), "Every rejected item and every rule it broke."),
        optional("errorsTotal", integer(1, None), total("errors")),
        required("warnings", list(reference("Violation"), None), "What was stored but deserves a look."),
        optional("warningsTotal", integer(1, None), total("warnings")),
    ]
}

fn counts_example() -> Value {
    json!({"received": 96, "inserted": 88, "unchanged": 3, "superseded": 2, "kept": 2, "rejected": 1})
}

fn violation_example() -> Value {
    json!({
        "pointer": "#/readings/77/value",
        "xpath": "/m:MeterReadings/m:MeterReading[1]/m:Readings[78]/m:value",
        "code": "too-many-digits",
        "detail": "`1234567890123456789`: more than 18 significant digits; nothing is rounded",
    })
}

fn example() -> Value {
    json!({
        "receipt": "0193f0c2-0000-7000-8000-000000000000",
        "sha256": "9f2c".repeat(16),
        "receivedAt": "2024-01-15T10:00:03.123Z",
        "recordedAt": "2024-01-15T10:00:03.125417Z",
        "counts": counts_example(),
        "errors": [violation_example()],
        "errorsTotal": 1_001,
        "warnings": [{
            "pointer": "#/readings/3/multiplier",
            "code": "prefixed-unit-multiplier",
            "detail": "kWh and multiplier 3 are two powers of ten; they were taken together",
        }],
        "warningsTotal": 1_001,
    })
}
