//! `/problems/{type}`: what a problem means, in words. Every problem names its page.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, Path, ServiceConfig};
use metering_messages::json::schema;
use metering_model::ViolationCode;
use serde_json::{Value, json};

use super::at;
use crate::content::Format;
use crate::openapi::{Content, Operation, Tag, object};
use crate::problem::{Kind, Problem};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(at("/problems/{type}").route(web::get().to(explain)).route(web::head().to(explain)));
}

/// What it takes and answers.
pub(super) fn operations() -> Vec<Operation> {
    let kind = Kind::QuotaExceeded;
    let row = kind.row();
    let schema = object(
        "A problem explained.",
        &[
            ("type", json!({"type": "string", "format": "uri-reference"}), "Its path.", json!(kind.path())),
            ("title", json!({"type": "string"}), "It in a few words.", json!(row.title)),
            ("status", schema::integer(400, Some(599)), "The HTTP status.", json!(row.status)),
            ("explanation", json!({"type": "string"}), "What it means and what to do.", json!(row.explanation)),
            (
                "codes",
                schema::list(json!({"type": "string"}), None),
                "The rules that `errors` and `warnings` may name; of `invalid` alone.",
                json!(["missing"]),
            ),
        ],
    );
    vec![
        Operation::new("get", "/problems/{type}", "getProblem", Tag::Server, "What a problem means, in words")
            .about("Needs no credential.")
            .segment("The last part of a problem's `type`.", row.slug)
            .answers(200, "The explanation.", Content::Json(schema)),
    ]
}

async fn explain(slug: Path<String>, _: Format) -> Result<HttpResponse, Problem> {
    let kind = Kind::of_slug(&slug).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.row().slug).collect();
        Problem::new(Kind::NotFound, format!("no problem is called so; there are {}", known.join(", ")))
    })?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(explanation(kind).to_string()))
}

fn explanation(kind: Kind) -> Value {
    let row = kind.row();
    let mut page = json!({
        "type": kind.path(),
        "title": row.title,
        "status": row.status,
        "explanation": row.explanation,
    });
    if kind == Kind::Invalid {
        // The codes that `errors` may hold; docs/errors.md has a line for each.
        page["codes"] = ViolationCode::ALL.iter().map(|code| code.as_str()).collect();
    }
    page
}
