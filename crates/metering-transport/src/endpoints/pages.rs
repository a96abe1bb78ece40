//! What answers have in common.

use std::fmt::Write as _;

use actix_web::http::header::{ETAG, HeaderName, HeaderValue, LINK, LOCATION};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use metering_messages::json::schema;
use metering_persistence::{Answered, Cursor};

use crate::parameters::Parameter;

/// How many items a page of all but readings has.
pub(super) const LIMIT: Parameter = Parameter::one(
    "limit",
    || {
        let mut schema = schema::integer(1, Some(1_000));
        schema["default"] = 100.into();
        schema
    },
    "100",
    "Items of a page, at the most. Absent: 100.",
);

/// Which preferences of the caller an answer took into account (RFC 7240).
pub(super) const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
/// All or nothing.
pub(super) const STRICT: &str = "handling=strict";

/// An answer in JSON.
pub(super) fn json(body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(body)
}

/// A page in JSON, with the address of the next one.
pub(super) fn page(request: &HttpRequest, next: Option<&Cursor>, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    link(&mut response, request, next);
    response.content_type("application/json").body(body)
}

/// Adds `Link: <...>; rel="next"`: the same query with the cursor.
fn link(response: &mut HttpResponseBuilder, request: &HttpRequest, next: Option<&Cursor>) {
    let Some(next) = next else { return };
    let kept = request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut query: Vec<&str> = kept.collect();
    let cursor = format!("cursor={}", encoded(next.as_str()));
    query.push(&cursor);
    let link = format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&"));
    if let Ok(value) = HeaderValue::from_str(&link) {
        response.insert_header((LINK, value));
    }
}

/// The answer to a change, as it was committed.
pub(super) fn committed(answered: Answered, strict: bool) -> HttpResponse {
    let Answered { answer, replayed } = answered;
    let status = actix_web::http::StatusCode::from_u16(answer.status).unwrap_or_default();
    let mut response = HttpResponse::build(status);
    if let Some(location) = answer.location.and_then(|it| HeaderValue::from_str(&it).ok()) {
        response.insert_header((LOCATION, location));
    }
    if let Some(etag) = answer.etag.and_then(|it| HeaderValue::from_str(&it).ok()) {
        response.insert_header((ETAG, etag));
    }
    if replayed {
        response.insert_header(("Idempotency-Replayed", "true"));
    }
    // What is replayed was handled as the first asked.
    if strict && !replayed {
        response.insert_header((PREFERENCE_APPLIED, STRICT));
    }
    response.content_type("application/json").body(answer.body)
}

/// `text` as one segment of a path or one value of a query.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_next_page_is_the_same_query_with_another_cursor() {
        let request = TestRequest::with_uri("/meter-readings?meterId=a%20b&cursor=old&limit=5").to_http_request();
        let next = Cursor::from("new".to_owned());
        let link =
            |next| page(&request, next, Vec::new()).headers().get(LINK).map(|it| it.to_str().unwrap().to_owned());
        let expected = "</meter-readings?meterId=a%20b&limit=5&cursor=new>; rel=\"next\"";
        assert_eq!(link(Some(&next)).as_deref(), Some(expected));
        assert_eq!(link(None), None);
    }

    #[test]
    fn ids_of_any_text_make_addresses() {
        assert_eq!(encoded("1234LG"), "1234LG");
        assert_eq!(encoded("../a b/\u{e4}\"<"), "..%2Fa%20b%2F%C3%A4%22%3C");
    }
}
