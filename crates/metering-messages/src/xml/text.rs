//! XML out, appended to a buffer: no tree between the values and their text.

use std::fmt::Display;

use metering_model::TimeStamp;
use quick_xml::escape::{escape, partial_escape};

use super::lexical;
use crate::numbers;

/// Appends the beginning of an element.
pub(super) fn open(name: &str, out: &mut Vec<u8>) {
    out.push(b'<');
    out.extend_from_slice(name.as_bytes());
    out.push(b'>');
}

/// Appends the end of an element.
pub(super) fn close(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"</");
    out.extend_from_slice(name.as_bytes());
    out.push(b'>');
}

/// Appends the declaration and the beginning of the root element.
pub(super) fn begin(name: &str, namespace: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b" xmlns=\"");
    // A namespace has nothing in it that would have to be escaped.
    out.extend_from_slice(namespace.as_bytes());
    out.extend_from_slice(b"\">");
}

/// Appends a text as it stands in an element; what XML cannot carry is replaced, which comes back.
pub(super) fn text(text: &str, out: &mut Vec<u8>) -> bool {
    let (carried, lost) = lexical::carried(text);
    let escaped = partial_escape(&*carried);
    let mut pieces = escaped.split('\r');
    out.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        // Else a reader takes it for the end of a line.
        out.extend_from_slice(b"&#13;");
        out.extend_from_slice(piece.as_bytes());
    }
    lost
}

/// A text as it stands in an attribute; what XML cannot carry is replaced.
pub(super) fn attribute(text: &str) -> String {
    let (carried, _) = lexical::carried(text);
    let mut escaped = escape(&*carried).into_owned();
    // A reader makes blanks of them otherwise.
    for (character, reference) in [('\t', "&#9;"), ('\n', "&#10;"), ('\r', "&#13;")] {
        escaped = escaped.replace(character, reference);
    }
    escaped
}

/// Appends an element with a text, unless there is none. Whether something of it was lost.
pub(super) fn element<'v>(name: &str, value: impl Into<Option<&'v str>>, out: &mut Vec<u8>) -> bool {
    let Some(value) = value.into() else { return false };
    open(name, out);
    let lost = text(value, out);
    close(name, out);
    lost
}

/// Appends an element with what a value prints, in which nothing has to be escaped.
pub(super) fn shown(name: &str, value: impl Display, out: &mut Vec<u8>) {
    element(name, value.to_string().as_str(), out);
}

/// Appends an element with an instant, unless there is none.
pub(super) fn time(name: &str, instant: impl Into<Option<TimeStamp>>, out: &mut Vec<u8>) {
    let Some(instant) = instant.into() else { return };
    open(name, out);
    numbers::time(instant, out);
    close(name, out);
}

/// Appends an element with a whole number.
pub(super) fn integer(name: &str, number: impl Into<i64>, out: &mut Vec<u8>) {
    open(name, out);
    numbers::integer(number.into(), out);
    close(name, out);
}

/// Appends an element with nothing but a code it refers to, in which nothing has to be escaped.
pub(super) fn reference(name: &str, code: impl Display, out: &mut Vec<u8>) {
    out.push(b'<');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b" ref=\"");
    out.extend_from_slice(code.to_string().as_bytes());
    out.extend_from_slice(b"\"/>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_what_cannot_be_carried_is_told() {
        let mut out = Vec::new();
        assert!(!element("a", "x < y & \"z\" ]]> \r\n\té", &mut out));
        assert!(element("b", "\u{1}", &mut out));
        assert!(!element("c", None, &mut out));
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "<a>x &lt; y &amp; \"z\" ]]&gt; &#13;\n\té</a><b>\u{fffd}</b>");
    }
}
