//! Answers for people: what is said in JSON, said as a page that a browser shows.
//!
//! There is one shape of each answer; a page is made of it field by field, so that a person reads
//! what a program reads. A text that is an address of this server becomes a link.

use std::fmt::Write as _;

use actix_web::HttpResponse;
use actix_web::body::MessageBody as _;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, VARY};
use serde_json::{Map, Value};

use crate::assets;
use crate::content::Reader;

/// Pages load nothing but style and an icon of this server's own, and no script.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The answer to a question about what things mean: a page for a person, else `told` in the format
/// asked for, where `root` is what it is called in XML. It depends on the program's version alone.
pub(crate) fn explained(reader: Reader, title: &str, root: &'static str, told: &Value) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "public, max-age=3600")).insert_header((VARY, "Accept"));
    match reader {
        Reader::Person => response
            .content_type("text/html; charset=utf-8")
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .body(page(title, told)),
        Reader::Program(format) => {
            response.content_type(format.media_type()).body(format.of_json(root, told.to_string().into_bytes()))
        }
    }
}

/// A problem that was written in JSON, as a page.
pub(crate) fn problem(response: HttpResponse) -> HttpResponse {
    let (mut response, body) = response.into_parts();
    let body = body.try_into_bytes().unwrap_or_default();
    let mut told: Value = serde_json::from_slice(&body).unwrap_or_default();
    let title = match told.as_object_mut().and_then(|fields| fields.remove("title")) {
        Some(Value::String(title)) => title,
        _ => String::new(),
    };
    let headers = response.headers_mut();
    for (name, value) in
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY), (VARY, "Accept")]
    {
        put(headers, name, value);
    }
    response.set_body(page(&title, &told)).map_into_boxed_body()
}

fn put(headers: &mut actix_web::http::header::HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// The page of an answer.
fn page(title: &str, told: &Value) -> String {
    let mut out = String::with_capacity(4_096);
    let title = Escaped(title);
    // Writing into a string does not fail.
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"icon\" href=\"{icon}\"><link rel=\"stylesheet\" href=\"{style}\"></head><body>\
         <header><a href=\"/docs\">Metering data exchange</a></header><main><h1>{title}</h1>",
        icon = assets::address("icon.svg"),
        style = assets::address("style.css"),
    );
    match told.as_object().map(|fields| fields.values().collect::<Vec<_>>()).as_deref() {
        // A list alone is called as the page is.
        Some([list @ Value::Array(_)]) => value(&mut out, list),
        _ => value(&mut out, told),
    }
    out.push_str("</main></body></html>\n");
    out
}

fn value(out: &mut String, told: &Value) {
    match told {
        Value::Null => out.push('\u{2013}'),
        Value::Bool(true) => out.push_str("yes"),
        Value::Bool(false) => out.push_str("no"),
        Value::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Value::String(text) => linked(out, text, text),
        Value::Array(entries) if entries.iter().any(Value::is_object) => table(out, entries),
        Value::Array(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                value(out, entry);
            }
        }
        Value::Object(fields) => {
            out.push_str("<dl>");
            for (name, told) in fields {
                let _ = write!(out, "<dt>{}</dt><dd>", Escaped(&label(name)));
                value(out, told);
                out.push_str("</dd>");
            }
            out.push_str("</dl>");
        }
    }
}

/// A row for each entry; the first cell leads to the entry's `address`.
fn table(out: &mut String, entries: &[Value]) {
    let rows: Vec<&Map<String, Value>> = entries.iter().filter_map(Value::as_object).collect();
    let mut columns: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(|row| row.keys()) {
        if name != "address" && !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    out.push_str("<div class=\"wide\"><table><thead><tr>");
    for column in &columns {
        let _ = write!(out, "<th>{}</th>", Escaped(&label(column)));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for (at, column) in columns.iter().enumerate() {
            out.push_str("<td>");
            match (row.get(*column), row.get("address").and_then(Value::as_str)) {
                (Some(Value::String(text)), Some(address)) if at == 0 => linked(out, address, text),
                (Some(told), _) => value(out, told),
                (None, _) => {}
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}

/// The text, as a link where `address` is one of this server.
fn linked(out: &mut String, address: &str, text: &str) {
    let is_ours = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', ' ']);
    let _ =
        if is_ours { write!(out, "<a href=\"{}\">{}</a>", Escaped(address), Escaped(text)) } else { words(out, text) };
}

/// A text; what stands in backticks is to be taken as it is.
fn words(out: &mut String, text: &str) -> std::fmt::Result {
    let whole = text.matches('`').count().is_multiple_of(2);
    for (at, part) in text.split('`').enumerate() {
        match (whole, at % 2) {
            (true, 1) => write!(out, "<code>{}</code>", Escaped(part))?,
            (false, _) if at > 0 => write!(out, "`{}", Escaped(part))?,
            _ => write!(out, "{}", Escaped(part))?,
        }
    }
    Ok(())
}

/// The name of a field, for people: `standardName` is `Standard name`.
fn label(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (at, letter) in name.chars().enumerate() {
        match letter {
            letter if at == 0 => out.extend(letter.to_uppercase()),
            letter if letter.is_uppercase() => {
                out.push(' ');
                out.extend(letter.to_lowercase());
            }
            letter => out.push(letter),
        }
    }
    // A name of its own.
    if out.eq_ignore_ascii_case("obis") { "OBIS".to_owned() } else { out.replace(" obis", " OBIS") }
}

/// A text that means nothing but itself in HTML.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_that_is_told_becomes_markup() {
        let evil = "<script>alert(\"1\")</script>'&";
        let page = page(evil, &json!({"<b>": evil, "list": [{"code": evil, "address": "/x\"onclick=\"y"}]}));
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("\"onclick"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"));
    }

    #[test]
    fn addresses_of_this_server_are_links_and_others_text() {
        let page = page("t", &json!({"a": "/problems/invalid", "b": "//example.org", "c": "https://example.org"}));
        assert!(page.contains("<a href=\"/problems/invalid\">/problems/invalid</a>"));
        assert!(page.contains("<dd>//example.org</dd>") && page.contains("<dd>https://example.org</dd>"));
    }

    #[test]
    fn what_stands_in_backticks_is_code() {
        let page = page("t", &json!({"a": "send `X-API-Key: <KEY>`", "b": "one ` alone"}));
        assert!(page.contains("<dd>send <code>X-API-Key: &lt;KEY&gt;</code></dd>"), "{page}");
        assert!(page.contains("<dd>one ` alone</dd>"), "{page}");
    }

    #[test]
    fn a_list_of_objects_is_a_table() {
        let page = page("t", &json!({"parts": [{"part": "1", "address": "/1"}, {"part": "2", "isListed": true}]}));
        assert!(page.contains("<th>Part</th><th>Is listed</th>"), "{page}");
        assert!(page.contains("<td><a href=\"/1\">1</a></td><td></td>"), "{page}");
        assert!(page.contains("<td>2</td><td>yes</td>"), "{page}");
    }

    #[test]
    fn fields_are_told_as_people_write_them() {
        assert_eq!(label("standardName"), "Standard name");
        assert_eq!(label("code"), "Code");
        assert_eq!((label("obis"), label("noObis")), ("OBIS".to_owned(), "No OBIS".to_owned()));
    }
}
