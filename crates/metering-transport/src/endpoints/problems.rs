//! `/problems/{type}`: what a problem means, in words. Every problem names its page.

use actix_web::HttpResponse;
use actix_web::web::{self, Path, ServiceConfig};
use metering_messages::json::schema;
use metering_model::ViolationCode;
use serde_json::{Value, json};

use super::at;
use crate::content::Reader;
use crate::html::explained;
use crate::openapi::{Content, Operation, Tag, object};
use crate::problem::{Kind, Problem};

/// What is said of errors at length.
const ERRORS: &str = include_str!("../../../../docs/errors.md");

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/problems").route(web::get().to(all)).route(web::head().to(all)))
        .service(at("/problems/{type}").route(web::get().to(explain)).route(web::head().to(explain)));
}

/// What it takes and answers.
pub(super) fn operations() -> Vec<Operation> {
    let kind = Kind::QuotaExceeded;
    let row = kind.row();
    let rule = object(
        "A rule.",
        &[
            ("code", json!({"type": "string"}), "Its code.", json!("missing")),
            ("meaning", json!({"type": "string"}), "What it means.", json!("A field that must be there is not.")),
        ],
    );
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
            ("rules", schema::list(rule, None), "What each of them means; of `invalid` alone.", json!([])),
        ],
    );
    let entry = object(
        "A problem in short.",
        &[
            (
                "address",
                json!({"type": "string"}),
                "Where it is explained; the `type` of the problem.",
                json!(kind.path()),
            ),
            ("title", json!({"type": "string"}), "It in a few words.", json!(row.title)),
            ("status", schema::integer(400, Some(599)), "The HTTP status.", json!(row.status)),
            ("explanation", json!({"type": "string"}), "What it means and what to do.", json!(row.explanation)),
        ],
    );
    let list = object("All problems.", &[("problems", schema::list(entry, None), "By status.", json!([]))]);
    vec![
        Operation::new("get", "/problems", "getProblems", Tag::Server, "What can be refused")
            .about("Needs no credential.")
            .answers(200, "All there is.", Content::Explanation(list)),
        Operation::new("get", "/problems/{type}", "getProblem", Tag::Server, "What a problem means, in words")
            .about("Needs no credential.")
            .segment("The last part of a problem's `type`.", row.slug)
            .answers(200, "The explanation.", Content::Explanation(schema)),
    ]
}

async fn all(reader: Reader) -> HttpResponse {
    let problems = Kind::ALL.iter().map(|kind| {
        let row = kind.row();
        json!({"address": kind.path(), "title": row.title, "status": row.status, "explanation": row.explanation})
    });
    explained(reader, "Problems", "problems", &json!({"problems": problems.collect::<Value>()}))
}

async fn explain(slug: Path<String>, reader: Reader) -> Result<HttpResponse, Problem> {
    let kind = Kind::of_slug(&slug).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.row().slug).collect();
        Problem::new(Kind::NotFound, format!("no problem is called so; there are {}", known.join(", ")))
    })?;
    Ok(explained(reader, kind.row().title, "problem", &explanation(kind)))
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
        page["codes"] = ViolationCode::ALL.iter().map(|code| code.as_str()).collect();
        page["rules"] = rules().map(|(code, meaning)| json!({"code": code, "meaning": meaning})).collect();
    }
    page
}

/// The codes that `errors` and `warnings` may hold, each with its line of the document of errors.
fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let (_, tables) = ERRORS.split_once("## Codes of broken rules").unwrap_or_default();
    tables.lines().filter_map(|line| {
        let (code, meaning) = line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | ")?;
        Some((code, meaning))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_line() {
        let codes: Vec<&str> = rules().map(|(code, _)| code).collect();
        for code in ViolationCode::ALL {
            assert!(codes.contains(&code.as_str()), "{code:?} is not in docs/errors.md");
        }
        assert!(rules().all(|(_, meaning)| meaning.len() > 10 && !meaning.contains('|')));
    }
}
