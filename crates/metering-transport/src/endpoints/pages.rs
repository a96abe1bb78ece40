//! What answers have in common.

use std::fmt::Write as _;

use actix_web::http::header::{ETAG, HeaderName, HeaderValue, LINK, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use metering_messages::json::schema;
use metering_messages::xml::Omitted;
use metering_persistence::{Answered, Cursor};

use crate::content::Format;
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

/// What a message of the standard has no place for.
const OMITTED_FIELDS: HeaderName = HeaderName::from_static("omitted-fields");

/// An answer that was written in JSON; `root` is what it is called in XML.
pub(super) fn answer(format: Format, root: &'static str, json: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type(format.media_type()).body(format.of_json(root, json))
}

/// A page or one thing of it, written: as it is sent, and what it has no place for.
pub(super) struct Written {
    format: Format,
    body: Vec<u8>,
    omitted: Omitted,
}

impl Written {
    /// Writes in one of the three formats. `json` is what `root` is in XML; `standard` writes the
    /// standard's message.
    pub(super) fn new(
        format: Format,
        root: &'static str,
        json: impl FnOnce(&mut Vec<u8>),
        standard: impl FnOnce(&mut Vec<u8>) -> Omitted,
    ) -> Self {
        let mut body = Vec::new();
        let omitted = match format {
            Format::Standard => standard(&mut body),
            Format::Json | Format::Xml => {
                json(&mut body);
                body = format.of_json(root, body);
                Omitted::default()
            }
        };
        Self { format, body, omitted }
    }

    /// What is written already, whole.
    pub(super) fn whole(format: Format, body: Vec<u8>, omitted: Omitted) -> Self {
        Self { format, body, omitted }
    }

    /// The answer.
    pub(super) fn answer(self) -> HttpResponse {
        let Self { format, body, omitted } = self;
        let mut response = HttpResponse::Ok();
        if let Some(header) = self::omitted(&omitted) {
            response.insert_header(header);
        }
        response.content_type(format.media_type()).body(body)
    }

    /// The answer as a page, with the address of the next one.
    pub(super) fn page(self, request: &HttpRequest, next: Option<&Cursor>) -> HttpResponse {
        let mut response = self.answer();
        if let Some(link) = link(request, next) {
            response.headers_mut().insert(LINK, link);
        }
        response
    }
}

/// The header that tells what a message has no place for, if there is something.
pub(super) fn omitted(omitted: &Omitted) -> Option<(HeaderName, HeaderValue)> {
    let told = (!omitted.is_empty()).then(|| HeaderValue::from_str(&omitted.to_string()).ok()).flatten();
    told.map(|value| (OMITTED_FIELDS, value))
}

/// `<...>; rel="next"`: the same query with the cursor.
fn link(request: &HttpRequest, next: Option<&Cursor>) -> Option<HeaderValue> {
    let next = next?;
    let kept = request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut query: Vec<&str> = kept.collect();
    let cursor = format!("cursor={}", encoded(next.as_str()));
    query.push(&cursor);
    let link = format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&"));
    HeaderValue::from_str(&link).ok()
}

/// The answer to a change, as it was committed: kept in JSON, told in the format asked for.
pub(super) fn committed(format: Format, root: &'static str, answered: Answered, strict: bool) -> HttpResponse {
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
    response.content_type(format.media_type()).body(format.of_json(root, answer.body))
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
        let link = |next| link(&request, next).map(|it| it.to_str().unwrap().to_owned());
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
