//! `/openapi.json` and `/openapi-3.0.json`: the API's description of itself.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, Data, ServiceConfig};
use metering_messages::Limits;
use metering_messages::json::schema::Schemas;
use serde_json::{Value, json};

use super::{
    at, codes, configuration, docs, end_device_controls, end_device_events, health, messages, meter_readings, metrics,
    problems, receipts, soap, status,
};
use crate::config::Config;
use crate::content::Format;
use crate::openapi::{Content, Operation, Tag, as_3_0, document, with_named_words};
use crate::problem::Problem;
use crate::state::State;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/openapi.json").route(web::get().to(newest)).route(web::head().to(newest)))
        .service(at("/openapi-3.0.json").route(web::get().to(older)).route(web::head().to(older)));
}

async fn newest(_: Format, state: Data<State>) -> Result<HttpResponse, Problem> {
    Ok(answer(state.description(false, |config| newest_of(config).to_string().into_bytes())))
}

async fn older(_: Format, state: Data<State>) -> Result<HttpResponse, Problem> {
    Ok(answer(state.description(true, |config| as_3_0(description(config)).to_string().into_bytes())))
}

fn answer(description: web::Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(description)
}

/// The description of a server with these settings, in OpenAPI 3.1.
pub(crate) fn newest_of(config: &Config) -> Value {
    with_named_words(description(config))
}

/// The same with every list of words where it is used, as OpenAPI 3.0 needs it where `null` may
/// stand beside the words.
pub(crate) fn description(config: &Config) -> Value {
    let mut schemas = Schemas::of_messages(&Limits { items: config.items, depth: config.depth, ..Limits::default() });
    schemas.add(end_device_controls::withdrawal_schema());
    document(&all(), schemas, &config.contact)
}

/// Every operation there is.
pub(crate) fn all() -> Vec<Operation> {
    let nouns = [
        messages::operations(),
        soap::operations(),
        meter_readings::operations(),
        end_device_controls::operations(),
        end_device_events::operations(),
        configuration::operations(),
        receipts::operations(),
        status::operations(),
        metrics::operations(),
        health::operations(),
        problems::operations(),
        codes::operations(),
        operations(),
        docs::operations(),
    ];
    nouns.into_iter().flatten().collect()
}

/// The description itself.
fn operations() -> Vec<Operation> {
    let one = |path, id, summary, version: &str| {
        let part = |meaning: &str| json!({"type": "object", "description": meaning});
        let schema = json!({
            "type": "object",
            "required": ["openapi", "info", "paths"],
            "properties": {
                "openapi": {"type": "string", "description": "The version of OpenAPI.", "examples": [version]},
                "info": part("What it describes."),
                "paths": part("The paths and their operations."),
            },
            "additionalProperties": true,
        });
        Operation::new("get", path, id, Tag::Server, summary).about("Needs no credential.").answers(
            200,
            "An OpenAPI document.",
            Content::Json(schema),
        )
    };
    vec![
        one("/openapi.json", "getDescription", "This description", "3.1.1"),
        one(
            "/openapi-3.0.json",
            "getOlderDescription",
            "This description for tools that read OpenAPI 3.0 alone",
            "3.0.4",
        ),
    ]
}
