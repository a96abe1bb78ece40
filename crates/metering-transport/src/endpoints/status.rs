//! `/status`: how the server is, for its operators.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use metering_messages::json::schema;
use metering_model::{Permission, permission};
use metering_persistence::status::{DatabaseKind, Status};
use serde_json::json;

use super::{at, pages};
use crate::auth::Allowed;
use crate::content::Format;
use crate::openapi::{API_VERSION, Content, Operation, Tag, object};
use crate::parameters::Query;
use crate::problem::Problem;
use crate::state::State;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(at("/status").route(web::get().to(status)).route(web::head().to(status)));
}

async fn status(
    caller: Allowed<permission::ReadStatus>,
    format: Format,
    state: Data<State>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let found = state.blocking(|store| store.status()).await;
    let database = match &found {
        Ok(found) => database(found),
        // That it cannot be asked is the answer: this page is for bad times too.
        Err(_) => json!({"state": "unavailable"}),
    };
    let mut page = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "apiVersion": API_VERSION,
        "uptimeSeconds": state.uptime().as_secs(),
        "draining": state.is_draining(),
        "database": database,
        "queues": {
            "bodyBytesInFlight": state.bodies().used(),
            "largeBodiesUnderWay": state.parses().under_way(),
            "readsUnderWay": state.reads().under_way(),
        },
        "readingsPerSecond": state.recent_items().readings_per_second(state.uptime()),
        "rejectedItems": state.recent_items().rejected_of(&caller.organisation),
    });
    if let Ok(found) = found {
        page["queues"]["changesWaiting"] = json!(found.waiting);
        page["lastChangeAt"] = json!(found.last_change_at.map(|it| it.to_string()));
        page["counts"] = json!({
            "organisations": found.organisations,
            "changes": found.changes,
            "auditEntries": found.audit_entries,
            "apiKeys": found.api_keys,
        });
    }
    Ok(pages::answer(format, "status", page.to_string().into_bytes()))
}

/// What it takes and answers.
pub(super) fn operations() -> Vec<Operation> {
    let (text, number) = (|| json!({"type": "string"}), || schema::integer(0, None));
    let database = object(
        "The database.",
        &[
            ("kind", text(), "Which.", json!("sqlite")),
            ("version", text(), "Its version.", json!("3.50.4")),
            ("state", schema::one_of(&["writable", "read-only", "unavailable"]), "How it is.", json!("writable")),
            ("encryptedAtRestBy", text(), "Who encrypts what is on the disk.", json!("this server")),
            ("bytes", json!({"type": ["integer", "null"]}), "Its size.", json!(1_048_576)),
            ("bytesFree", json!({"type": ["integer", "null"]}), "What is left on the disk.", json!(1_073_741_824)),
        ],
    );
    let queues = object(
        "What waits and is under way.",
        &[
            ("bodyBytesInFlight", number(), "Bytes of bodies that are read or worked on.", json!(0)),
            ("largeBodiesUnderWay", number(), "Large bodies that are being read.", json!(0)),
            ("readsUnderWay", number(), "Reads of the database.", json!(1)),
            ("changesWaiting", number(), "Changes that wait for the writer.", json!(0)),
        ],
    );
    let counts = object(
        "How much there is.",
        &[
            ("organisations", number(), "Organisations.", json!(1)),
            ("changes", number(), "Changes.", json!(4_711)),
            ("auditEntries", number(), "Entries of the audit log.", json!(9_000)),
            ("apiKeys", number(), "API keys.", json!(3)),
        ],
    );
    let rejected = json!({"type": "object", "additionalProperties": number()});
    let schema = object(
        "How the server is.",
        &[
            ("version", text(), "The server's version.", json!("2.3.0")),
            ("apiVersion", text(), "The API's version.", json!(API_VERSION)),
            ("uptimeSeconds", number(), "Seconds since the start.", json!(86_400)),
            ("draining", schema::boolean(), "Whether it is about to end.", json!(false)),
            ("database", database, "The database.", json!({"kind": "sqlite", "state": "writable"})),
            ("queues", queues, "What waits and is under way.", json!({"changesWaiting": 0})),
            (
                "readingsPerSecond",
                json!({"type": "number", "minimum": 0}),
                "Readings taken, over the last minute.",
                json!(12.5),
            ),
            ("rejectedItems", rejected, "Items rejected since the start, by client.", json!({"0193f0c2": 3})),
            (
                "lastChangeAt",
                json!({"type": ["string", "null"], "format": "date-time"}),
                "When the last change was made.",
                json!("2024-01-15T10:00:03Z"),
            ),
            (
                "counts",
                counts,
                "How much there is; absent where the database cannot be asked.",
                json!({"changes": 4_711}),
            ),
        ],
    );
    vec![
        Operation::new("get", "/status", "getStatus", Tag::Server, "How the server is")
            .needs(Permission::ReadStatus)
            .query(&[])
            .answers(200, "How it is; also where the database is away.", Content::Json(schema)),
    ]
}

fn database(status: &Status) -> serde_json::Value {
    let encrypted_by = match status.database {
        DatabaseKind::Sqlite => "this server",
        DatabaseKind::Postgresql => "the disk of the database server, if it does",
    };
    json!({
        "kind": status.database.as_str(),
        "version": status.version,
        "state": if status.writable { "writable" } else { "read-only" },
        "encryptedAtRestBy": encrypted_by,
        "bytes": status.bytes,
        "bytesFree": status.bytes_free,
    })
}
