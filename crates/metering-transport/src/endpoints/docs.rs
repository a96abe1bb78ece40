//! `/docs`: a page for people who open the address in a browser.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{self, ServiceConfig};

use super::at;

/// Static, and without script or style from anywhere.
const PAGE: &str = include_str!("docs/page.html");

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/").route(web::get().to(to_docs)).route(web::head().to(to_docs)))
        .service(at("/docs").route(web::get().to(docs)).route(web::head().to(docs)));
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
