//! `/docs`: a page for people who open the address in a browser.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{self, ServiceConfig};

use super::at;
use crate::openapi::{Answer, Content, Header, Operation, Tag};

/// Static, and without script or style from anywhere.
const PAGE: &str = include_str!("docs/page.html");

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/").route(web::get().to(to_docs)).route(web::head().to(to_docs)))
        .service(at("/docs").route(web::get().to(docs)).route(web::head().to(docs)));
}

/// What they answer.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new("get", "/", "getRoot", Tag::Server, "Leads to `/docs`")
            .about("Needs no credential.")
            .answers_with(Answer {
                status: 302,
                meaning: "To `/docs`.".into(),
                content: Content::None,
                headers: vec![Header::Redirect],
                links: Vec::new(),
            }),
        Operation::new("get", "/docs", "getDocs", Tag::Server, "A page for people")
            .about("Needs no credential.")
            .answers(200, "The page.", Content::Text("text/html")),
    ]
}

async fn to_docs() -> HttpResponse {
    HttpResponse::Found().insert_header((LOCATION, "/docs")).finish()
}

async fn docs() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(PAGE)
}
