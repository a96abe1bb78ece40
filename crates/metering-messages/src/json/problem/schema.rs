//! The schemas of problems.

use serde_json::{Value, json};

use crate::json::schema::{Object, Schemas, Way, integer, list, optional, reference, required, text};

/// Adds the schemas of problems.
pub(crate) fn add(schemas: &mut Schemas) {
    let error = error_example();
    let at = "Where in a body of JSON: a JSON pointer, as the fragment of a URI.";
    let path = "Where in a body of XML: XPath 1.0; `m` is the namespace of the message.";
    schemas.add(Object {
        name: "ProblemError".to_owned(),
        meaning: "One thing that was wrong in a request; it has `pointer`, `xpath`, `parameter` or `header`.".to_owned(),
        way: Way::Answered,
        fields: vec![
            optional("pointer", text(), at),
            optional("xpath", text(), path),
            optional("parameter", text(), "Which query parameter."),
            optional("header", text(), "Which header."),
            required("code", text(), "Which rule; programs may match on it. The list grows."),
            required("detail", text(), "What was found and what would be right, for people; it may change."),
        ],
        example: json!({
            "pointer": error["pointer"], "code": error["code"], "detail": error["detail"],
            "xpath": "/m:MeterReadings/m:MeterReading[1]/m:Readings[2]/m:value", "parameter": "limit", "header": "If-Match",
        }),
    });
    let reference_to_uri = json!({"type": "string", "format": "uri-reference"});
    schemas.add(Object {
        name: "Problem".to_owned(),
        meaning: "Why a request was refused (RFC 9457).".to_owned(),
        way: Way::Answered,
        fields: vec![
            required("type", reference_to_uri, "The kind of problem: a path of this server that explains it."),
            required("title", text(), "The kind in a few words, the same for all of it."),
            required("status", integer(400, Some(599)), "The HTTP status."),
            optional("detail", text(), "What was wrong this time and what would be right."),
            optional("instance", text(), "The path that was asked for."),
            optional("requestId", text(), "The id of the request; the server's log has the cause under it."),
            optional("errors", list(reference("ProblemError"), None), "What was wrong, place by place."),
            optional("errorsTotal", integer(1, None), "How many there were, where not all of them are told."),
        ],
        example: json!({
            "type": "/problems/invalid",
            "title": "Rules broken",
            "status": 422,
            "detail": "1 of 1 items was rejected; nothing was stored",
            "instance": "/meter-readings",
            "requestId": "0193f0c2-0000-7000-8000-000000000001",
            "errors": [error],
            "errorsTotal": 1_001,
        }),
    });
}

fn error_example() -> Value {
    json!({
        "pointer": "#/readings/0/unit",
        "code": "unit-measurement-mismatch",
        "detail": "V does not measure activeEnergy; Wh, kWh or MWh do",
    })
}
