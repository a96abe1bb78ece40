//! `/docs`: a page for people who open the address in a browser.

use std::sync::LazyLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, LOCATION, VARY,
};
use actix_web::web::{self, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::{at, openapi};
use crate::assets::{self, Kept};
use crate::html::Escaped;
use crate::openapi::{API_VERSION, Answer, Content, Header, Operation, Tag};
use crate::problem::{Kind, Problem};

/// Everything is of this server, and nothing of it stands in the page. Pictures in the address itself are the arrows
/// and crosses of the style; they run nothing and fetch nothing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// With the addresses of what it is made of, and a list of the operations for browsers without scripts.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let page = include_str!("../../assets/docs.html").replace("{version}", API_VERSION);
    let page = assets::all().iter().fold(page, |page, it| page.replace(&format!("{{{}}}", it.name), &it.address()));
    let operation = |it: Operation| {
        let (method, path, summary) = (it.method.to_ascii_uppercase(), Escaped(&it.path), Escaped(&it.summary));
        format!("<dt>{method} {path}</dt><dd>{summary}</dd>\n")
    };
    page.replace("{operations}", &openapi::all().into_iter().map(operation).collect::<String>())
});

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/").route(web::get().to(to_docs)).route(web::head().to(to_docs)))
        .service(at("/docs").route(web::get().to(docs)).route(web::head().to(docs)))
        .service(at("/docs/{file}").route(web::get().to(file)).route(web::head().to(file)));
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
        Operation::new("get", "/docs/{file}", "getDocsFile", Tag::Server, "What the page is made of")
            .about(
                "Style, scripts and the icon of pages, each under its hash, to be kept for good. Needs no credential.",
            )
            .segment("The hash and the name, as the page has them.", "0123456789abcdef-docs.js")
            .answers(
                200,
                "The file, with an `ETag`.",
                Content::Texts(&["image/svg+xml", "text/css", "text/javascript"]),
            )
            .answers(304, "It is as `If-None-Match` names it.", Content::None),
    ]
}

async fn to_docs() -> HttpResponse {
    HttpResponse::Found().insert_header((LOCATION, "/docs")).finish()
}

async fn docs() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        // Another version of the program has another page, which names other files.
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(PAGE.as_str())
}

/// A file under its hash. What is kept compressed goes out so where the browser reads it.
async fn file(name: Path<String>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asset = name
        .split_once('-')
        .and_then(|(hash, name)| assets::all().iter().find(|it| it.name == name && it.hash == hash))
        .ok_or_else(|| Problem::new(Kind::NotFound, "no file of a page is called so; `/docs` names those there are"))?;
    let etag = format!("\"{}\"", asset.hash);
    let named = |header| {
        let values = request.headers().get_all(header).filter_map(|it| it.to_str().ok());
        values.flat_map(|it| it.split(',')).map(str::trim)
    };
    let known = named(IF_NONE_MATCH).any(|it| it.trim_start_matches("W/") == etag);
    let reads_brotli = named(ACCEPT_ENCODING).any(|it| it == "br" || (it.starts_with("br;") && !it.ends_with("q=0")));
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, etag.clone()))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((VARY, "Accept-Encoding"));
    if known {
        return Ok(response.finish());
    }
    response.content_type(asset.media_type);
    Ok(match asset.kept {
        Kept::Brotli(bytes) if reads_brotli => response.insert_header((CONTENT_ENCODING, "br")).body(bytes),
        Kept::Plain(bytes) => response.body(bytes),
        Kept::Brotli(_) => response.body(asset.inflated().map_err(Problem::internal)?),
    })
}
