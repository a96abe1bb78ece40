//! What the operations of receipts take and answer.

use metering_messages::json::schema;
use metering_model::Permission;
use serde_json::json;

use crate::endpoints::pages::LIMIT;
use crate::openapi::{Answer, Link, Operation, Tag, message};
use crate::parameters::Parameter;

pub(super) const QUERY: &[Parameter] = &[
    Parameter::one(
        "idempotencyKey",
        schema::any_line,
        "8e03978e-40d5-43e8-bc93-6894a57f9324",
        "Of the request with this `Idempotency-Key`.",
    ),
    Parameter::one(
        "sha256",
        || json!({"type": "string", "pattern": "^[0-9a-fA-F]{64}$"}),
        "9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c9f2c",
        "Of the body with this hash, in hexadecimal digits.",
    ),
    Parameter::one("from", schema::time, "2024-01-15T00:00:00Z", "Of requests that arrived at this instant or later."),
    LIMIT,
];

/// What can be done with receipts.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    vec![
        Operation::new("get", "/receipts", "getReceipts", Tag::Receipts, "Receipts, the oldest first")
            .about("For one who never saw the answer.")
            .needs(Permission::ReadReceipts)
            .query(QUERY)
            .answers_with(Answer {
                status: 200,
                meaning: "Those found, none too.".into(),
                content: message("ReceiptsList"),
                headers: Vec::new(),
                links: vec![Link {
                    name: "GetReceipt",
                    operation: "getReceipt".to_owned(),
                    parameters: vec![("receipt", "$response.body#/receipts/0/receipt".to_owned())],
                }],
            }),
        Operation::new("get", "/receipts/{receipt}", "getReceipt", Tag::Receipts, "One receipt, whole")
            .about("With all its errors and warnings.")
            .needs(Permission::ReadReceipts)
            .segment("The receipt's id.", "0193f0c2-0000-7000-8000-000000000000")
            .query(&[])
            .answers(200, "The receipt.", message("Receipt")),
    ]
}
