//! `/health`: alive. `/health/ready`: of use.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use metering_messages::json::schema;
use serde_json::json;

use super::at;
use crate::openapi::{Content, Operation, Tag, object};
use crate::problem::{Kind, Problem};
use crate::state::State;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/health").route(web::get().to(alive)).route(web::head().to(alive)))
        .service(at("/health/ready").route(web::get().to(ready)).route(web::head().to(ready)));
}

/// What they answer.
pub(super) fn operations() -> Vec<Operation> {
    let passes = || {
        let status = ("status", schema::one_of(&["pass"]), "That it is well.", json!("pass"));
        Content::Json(object("That it is well.", &[status]))
    };
    vec![
        Operation::new("get", "/health", "getHealth", Tag::Server, "Whether the server is alive")
            .about("Touches nothing, and needs no credential.")
            .answers(200, "It is.", passes()),
        Operation::new("get", "/health/ready", "getReadiness", Tag::Server, "Whether the server is of use")
            .about("503 when the store cannot be written or the server is about to end. Needs no credential.")
            .refuses(&[Kind::Unavailable])
            .answers(200, "It is.", passes()),
    ]
}

/// Touches nothing: a restart mends no full disk, so that is no reason to say it is dead.
async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body("{\"status\":\"pass\"}")
}

/// From a state that is kept, without a connection or a lock: whoever asks is never kept waiting.
async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    if state.is_draining() {
        return Err(Problem::new(Kind::Unavailable, "the server is about to end").retry_after(5));
    }
    if !state.store().writable() {
        return Err(Problem::new(Kind::Unavailable, "the store cannot be written").retry_after(5));
    }
    Ok(alive().await)
}
