//! `/status`: how the server is, for its operators.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use metering_model::permission;
use metering_persistence::status::{DatabaseKind, Status};
use serde_json::json;

use super::at;
use crate::auth::Allowed;
use crate::content::Format;
use crate::parameters::Query;
use crate::problem::Problem;
use crate::state::State;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(at("/status").route(web::get().to(status)).route(web::head().to(status)));
}

async fn status(
    caller: Allowed<permission::ReadStatus>,
    _: Format,
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
        "apiVersion": "2.3.0",
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
    Ok(HttpResponse::Ok().content_type("application/json").body(page.to_string()))
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
