//! Which format a body has and which an answer may have.

use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap};

use super::Format;
use crate::problem::{Kind, Problem};

/// Refuses a body that is not JSON in UTF-8.
pub(super) fn body(headers: &HeaderMap) -> Result<Format, Problem> {
    let refused = |detail: &str| Err(Problem::new(Kind::UnsupportedMediaType, detail));
    let mut values = headers.get_all(CONTENT_TYPE);
    let (Some(value), None) = (values.next(), values.next()) else {
        return refused("say what the body is, once: `Content-Type: application/json`");
    };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    for parameter in parts {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim_matches('"');
        if name.eq_ignore_ascii_case("charset") && !["utf-8", "utf8"].iter().any(|it| value.eq_ignore_ascii_case(it)) {
            return refused("the body is UTF-8; other character sets are not read");
        }
    }
    match kind.to_ascii_lowercase().as_str() {
        "application/json" => Ok(Format::Json),
        "application/xml" | "text/xml" => refused("this version reads JSON; XML comes with a later one"),
        _ => refused("the body is read as `application/json`"),
    }
}

/// The format of the answer, if the client takes any that there is.
///
/// The most exact range that names JSON decides; nothing said, or nothing that can be understood,
/// means JSON.
pub(super) fn answer(headers: &HeaderMap) -> Result<Format, Problem> {
    let mut said = false;
    let mut best = None;
    for value in headers.get_all(ACCEPT) {
        for range in value.to_str().unwrap_or_default().split(',') {
            let Some((range, quality)) = media_range(range) else { continue };
            said = true;
            let exactness = match range.as_str() {
                "application/json" => 3,
                "application/*" => 2,
                "*/*" => 1,
                _ => continue,
            };
            best = best.max(Some((exactness, quality)));
        }
    }
    match best {
        Some((_, quality)) if quality > 0 => Ok(Format::Json),
        None if !said => Ok(Format::Json),
        _ => Err(Problem::new(Kind::NotAcceptable, "the answer is `application/json`")),
    }
}

/// A range of `Accept` in small letters, and its quality in thousandths; `None` for what is none.
fn media_range(text: &str) -> Option<(String, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next()?.to_ascii_lowercase();
    let (kind, subtype) = range.split_once('/')?;
    if kind.is_empty() || subtype.is_empty() || (kind == "*" && subtype != "*") {
        return None;
    }
    let mut quality = 1_000;
    for parameter in parts {
        if let Some((name, value)) = parameter.split_once('=')
            && name.trim().eq_ignore_ascii_case("q")
        {
            quality = thousandths(value.trim())?;
        }
    }
    Some((range, quality))
}

/// `1`, `0.7`, `0.123`: a number from 0 to 1 with up to three places.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if !matches!(whole, "0" | "1") || places.len() > 3 || !digits(places) {
        return None;
    }
    let value: u16 = format!("{whole}{places:0<3}").parse().ok()?;
    (value <= 1_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(name: HeaderName, values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        values.iter().for_each(|it| headers.append(name.clone(), HeaderValue::from_static(it)));
        headers
    }

    #[test]
    fn a_body_is_json_in_utf8_and_says_so() {
        let accepted = |values: &[&'static str]| body(&headers(CONTENT_TYPE, values)).is_ok();
        for good in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert!(accepted(&[good]), "{good}");
        }
        for bad in [
            "",
            "text/csv",
            "application/xml",
            "application/json; charset=utf-16",
            "application/jsonx",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ] {
            assert!(!accepted(&[bad]), "{bad}");
        }
        assert!(!accepted(&[]));
        assert!(!accepted(&["application/json", "application/json"]));
    }

    #[test]
    fn the_most_exact_range_decides() {
        let accepted = |values: &[&'static str]| answer(&headers(ACCEPT, values)).is_ok();
        for good in [
            "application/json",
            "*/*",
            "application/*;q=0.1",
            "text/html, application/json;q=0.9",
            "image/png, */*;q=0.1",
            "*/*;q=0, application/json",
            "application/json;q=1.000",
        ] {
            assert!(accepted(&[good]), "{good}");
        }
        for bad in [
            "image/png",
            "application/xml",
            "application/json;q=0",
            "application/json;q=0.0, */*",
            "text/*",
            "application/problem+json",
        ] {
            assert!(!accepted(&[bad]), "{bad}");
        }
        assert!(accepted(&["image/png", "application/json"]));
    }

    #[test]
    fn what_cannot_be_understood_means_the_default() {
        for nonsense in ["", ";;;", "json", "application/json;q=2", "application/json;q=0.1234", "*/json"] {
            assert_eq!(answer(&headers(ACCEPT, &[nonsense])).unwrap(), Format::Json, "{nonsense}");
        }
        assert_eq!(answer(&HeaderMap::new()).unwrap(), Format::Json);
    }
}
