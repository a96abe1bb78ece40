//! `/metrics`, for Prometheus. It tells how busy others are, so it needs a credential.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use metering_model::{Permission, permission};

use super::at;
use crate::auth::Allowed;
use crate::metrics;
use crate::openapi::{Content, Operation, Tag};
use crate::problem::Problem;
use crate::state::State;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(at("/metrics").route(web::get().to(page)).route(web::head().to(page)));
}

/// What it takes and answers.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new("get", "/metrics", "getMetrics", Tag::Server, "Measures of the server, for Prometheus")
            .needs(Permission::ReadStatus)
            .answers(200, "In the text format of Prometheus.", Content::Text("text/plain")),
    ]
}

async fn page(_caller: Allowed<permission::ReadStatus>, state: Data<State>) -> Result<HttpResponse, Problem> {
    // Without the database there is still much to tell.
    let waiting = state.blocking(|store| store.status()).await.map_or(0, |status| status.waiting);
    metrics::load(state.bodies().used(), waiting);
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(metrics::page()))
}
