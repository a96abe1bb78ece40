//! Which format a body has and which an answer may have.

use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap};

use super::{Format, Notation};
use crate::problem::{Kind, Problem};

/// The notation of a body; refuses what is neither JSON nor XML in UTF-8.
pub(super) fn body(headers: &HeaderMap) -> Result<Notation, Problem> {
    let refused = |detail: &str| Err(Problem::new(Kind::UnsupportedMediaType, detail));
    let mut values = headers.get_all(CONTENT_TYPE);
    let (Some(value), None) = (values.next(), values.next()) else {
        return refused("say what the body is, once: `Content-Type: application/json` or `application/xml`");
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
        "application/json" => Ok(Notation::Json),
        "application/xml" | "text/xml" => Ok(Notation::Xml),
        _ => refused("the body is read as `application/json` or `application/xml`"),
    }
}

/// The format of the answer, if the client takes any that there is.
///
/// Of each format the most exact range that names it decides; of the formats the one of the highest
/// quality, then the one named more exactly. Nothing said, or nothing that can be understood, or the
/// same of both, means the notation of the body, and JSON where there is none.
pub(super) fn answer(headers: &HeaderMap, is_message: impl Fn(&str) -> bool) -> Result<Format, Problem> {
    let default = match body(headers) {
        Ok(Notation::Xml) => Format::Xml,
        _ => Format::Json,
    };
    let mut said = false;
    // Of each format: how exactly it was named, and its quality.
    let mut named = [(default, None), (Format::Json, None), (Format::Xml, None), (Format::Standard, None)];
    for value in headers.get_all(ACCEPT) {
        for range in parted(value.to_str().unwrap_or_default(), ',') {
            let Some(MediaRange { range, profile, quality }) = media_range(range) else { continue };
            said = true;
            for (format, best) in &mut named {
                let exactness = match (range.as_str(), format) {
                    ("application/xml" | "text/xml", Format::Standard)
                        if profile.as_deref().is_some_and(&is_message) =>
                    {
                        5
                    }
                    ("application/json", Format::Json) => 4,
                    ("application/xml" | "text/xml", Format::Xml) if profile.is_none() => 4,
                    ("application/*", Format::Json | Format::Xml) => 3,
                    ("text/*", Format::Xml) => 2,
                    ("*/*", Format::Json | Format::Xml) => 1,
                    _ => continue,
                };
                *best = (*best).max(Some((exactness, quality)));
            }
        }
    }
    let mut chosen: Option<(u16, u8, Format)> = None;
    for (format, best) in named {
        let Some((exactness, quality)) = best.filter(|(_, quality)| *quality > 0) else { continue };
        if chosen.is_none_or(|(other, as_exact, _)| (quality, exactness) > (other, as_exact)) {
            chosen = Some((quality, exactness, format));
        }
    }
    match chosen {
        Some((.., format)) => Ok(format),
        None if !said => Ok(default),
        None => Err(Problem::new(Kind::NotAcceptable, "the answer is `application/json` or `application/xml`")),
    }
}

/// Whether a page is wanted, as browsers do: `text/html` is named as it is, and nothing that is named
/// as it is has a higher quality.
pub(super) fn page(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT).flat_map(|value| parted(value.to_str().unwrap_or_default(), ','));
    let (mut html, mut other) = (0, 0);
    for MediaRange { range, quality, .. } in values.filter_map(media_range) {
        match range.as_str() {
            "text/html" => html = html.max(quality),
            "application/json" | "application/xml" | "text/xml" => other = other.max(quality),
            _ => {}
        }
    }
    html > 0 && html >= other
}

/// One range of `Accept`.
struct MediaRange {
    /// In small letters.
    range: String,
    /// Which of several messages in XML is meant.
    profile: Option<String>,
    /// In thousandths.
    quality: u16,
}

/// The parts of a text, where what stands in quotes is not parted.
fn parted(text: &str, by: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |it: char| {
        quoted ^= it == '"';
        it == by && !quoted
    })
}

/// A range with its parameters; `None` for what is none.
fn media_range(text: &str) -> Option<MediaRange> {
    let mut parts = parted(text, ';').map(str::trim);
    let range = parts.next()?.to_ascii_lowercase();
    let (kind, subtype) = range.split_once('/')?;
    if kind.is_empty() || subtype.is_empty() || (kind == "*" && subtype != "*") {
        return None;
    }
    let (mut quality, mut profile) = (1_000, None);
    for parameter in parts {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        if name.trim().eq_ignore_ascii_case("q") {
            quality = thousandths(value.trim())?;
        } else if name.trim().eq_ignore_ascii_case("profile") {
            profile = Some(value.trim().trim_matches('"').to_owned());
        }
    }
    Some(MediaRange { range, profile, quality })
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

    fn asked(accept: &[&'static str], sent: &[&'static str]) -> Option<Format> {
        let mut all = headers(ACCEPT, accept);
        sent.iter().for_each(|it| all.append(CONTENT_TYPE, HeaderValue::from_static(it)));
        answer(&all, |profile| profile == "urn:a#MeterReadings").ok()
    }

    #[test]
    fn a_body_is_json_or_xml_in_utf8_and_says_so() {
        let read = |values: &[&'static str]| body(&headers(CONTENT_TYPE, values)).ok();
        for json in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert_eq!(read(&[json]), Some(Notation::Json), "{json}");
        }
        for xml in ["application/xml", "text/xml; charset=utf-8", "TEXT/XML"] {
            assert_eq!(read(&[xml]), Some(Notation::Xml), "{xml}");
        }
        for bad in [
            "",
            "text/csv",
            "application/soap+xml",
            "application/json; charset=utf-16",
            "text/xml; charset=iso-8859-1",
            "application/jsonx",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ] {
            assert_eq!(read(&[bad]), None, "{bad}");
        }
        assert_eq!(read(&[]), None);
        assert_eq!(read(&["application/json", "application/json"]), None);
    }

    #[test]
    fn the_best_that_is_named_most_exactly_is_taken() {
        for (accept, format) in [
            ("application/json", Format::Json),
            ("*/*", Format::Json),
            ("application/*;q=0.1", Format::Json),
            ("text/html, application/json;q=0.9", Format::Json),
            ("image/png, */*;q=0.1", Format::Json),
            ("*/*;q=0, application/json", Format::Json),
            ("application/json;q=1.000", Format::Json),
            ("application/json, application/xml", Format::Json),
            ("application/xml", Format::Xml),
            ("text/xml", Format::Xml),
            ("text/*", Format::Xml),
            ("application/json;q=0, */*", Format::Xml),
            ("application/xml;q=0.5, application/json;q=0.4", Format::Xml),
            ("application/xml, */*", Format::Xml),
            ("application/xml;profile=\"urn:a#MeterReadings\"", Format::Standard),
            ("application/json;q=0.5, text/xml;profile=\"urn:a#MeterReadings\";q=0.6", Format::Standard),
        ] {
            assert_eq!(asked(&[accept], &[]), Some(format), "{accept}");
        }
        for bad in [
            "image/png",
            "application/json;q=0",
            "application/json;q=0.0, application/xml;q=0, */*",
            "text/html",
            "application/problem+json",
            "application/xml;profile=\"urn:another\"",
        ] {
            assert_eq!(asked(&[bad], &[]), None, "{bad}");
        }
        assert_eq!(asked(&["image/png", "application/json"], &[]), Some(Format::Json));
    }

    #[test]
    fn a_page_is_for_whom_names_it_and_nothing_rather() {
        let wanted = |accept: &'static str| page(&headers(ACCEPT, &[accept]));
        for browser in [
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
            "text/html",
            "text/html;q=0.5, application/json;q=0.4",
        ] {
            assert!(wanted(browser), "{browser}");
        }
        for program in ["*/*", "", "application/json", "text/*", "text/html;q=0", "text/html;q=0.4, application/json"] {
            assert!(!wanted(program), "{program}");
        }
        assert!(!page(&HeaderMap::new()));
    }

    #[test]
    fn what_does_not_matter_is_answered_as_it_was_asked() {
        for accept in [&[][..], &["*/*"], &["application/*"], &[";;;"]] {
            assert_eq!(asked(accept, &["application/xml"]), Some(Format::Xml), "{accept:?}");
            assert_eq!(asked(accept, &["application/json"]), Some(Format::Json), "{accept:?}");
        }
        assert_eq!(asked(&["application/json"], &["application/xml"]), Some(Format::Json));
    }

    #[test]
    fn what_cannot_be_understood_means_the_default() {
        for nonsense in ["", ";;;", "json", "application/json;q=2", "application/json;q=0.1234", "*/json", "\"x"] {
            assert_eq!(asked(&[nonsense], &[]), Some(Format::Json), "{nonsense}");
        }
        assert_eq!(asked(&[], &[]), Some(Format::Json));
    }
}
