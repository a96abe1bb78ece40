//! What XML allows as text, as a name, as a reference; and how its faults are told.

use quick_xml::Error;
use quick_xml::errors::IllFormedError;

use metering_model::Excerpt;

use crate::Malformed;

/// A body as text.
pub(super) struct Text<'a> {
    /// The text without a byte order mark.
    pub(super) text: &'a str,
    /// How many bytes that mark had.
    pub(super) skipped: usize,
    /// Whether a `]` or the end of a line of another system is anywhere in it: else no text needs a
    /// second look.
    pub(super) special: bool,
}

/// The text of a body.
pub(super) fn text_of(body: &[u8]) -> Result<Text<'_>, Malformed> {
    let other = |encoding: &str| {
        Err(Malformed::Message(format!("the body is in {encoding}; send UTF-8, and declare no other encoding")))
    };
    match body {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] => return other("UTF-16"),
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<', ..] => return other("UTF-32"),
        [0x4c, 0x6f, 0xa7, 0x94, ..] => return other("EBCDIC"),
        _ => {}
    }
    let (bytes, skipped) = match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => (rest, 3),
        body => (body, 0),
    };
    let broken = |at: usize, problem: &str| {
        let (line, column) = line_and_column(bytes.get(..at).unwrap_or_default(), skipped);
        Malformed::Notation { problem: problem.to_owned(), line, column }
    };
    let text = std::str::from_utf8(bytes).map_err(|error| broken(error.valid_up_to(), "a byte that is not UTF-8"))?;
    let met = kinds_of(bytes);
    if met & CONTROL != 0 || (met & SUSPECT != 0 && text.contains(['\u{fffe}', '\u{ffff}'])) {
        let at = text.find(|it| !is_character(it)).unwrap_or_default();
        return Err(broken(at, "a control character, which XML does not have"));
    }
    Ok(Text { text, skipped, special: met & SPECIAL != 0 })
}

/// A control character.
const CONTROL: u8 = 1;
/// What the two characters begin with that are none; and others.
const SUSPECT: u8 = 2;
/// `]` or a carriage return.
const SPECIAL: u8 = 4;

/// Which of these kinds of bytes there are. It looks at every byte, so it does it 32 at a time.
fn kinds_of(bytes: &[u8]) -> u8 {
    let kind = |byte: u8| {
        let is = |other: u8| u8::from(byte == other);
        let control = u8::from(byte < 0x20) & (1 ^ (is(b'\t') | is(b'\n') | is(b'\r')));
        (control * CONTROL) | (is(0xef) * SUSPECT) | ((is(b']') | is(b'\r')) * SPECIAL)
    };
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut met = [0u8; 32];
    for block in blocks {
        for (met, byte) in met.iter_mut().zip(block) {
            *met |= kind(*byte);
        }
    }
    met.into_iter().chain(rest.iter().map(|byte| kind(*byte))).fold(0, |met, kind| met | kind)
}

/// Whether XML 1.0 has this character.
pub(super) fn is_character(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The prefix of a name, empty where it has none, and the rest; `None` where it is no name. Letters
/// beyond ASCII are not told apart.
pub(super) fn qualified(name: &str) -> Option<(&str, &str)> {
    let mut colon = None;
    let mut first = true;
    for (at, byte) in name.bytes().enumerate() {
        if byte == b':' {
            if first || colon.is_some() {
                return None;
            }
            colon = Some(at);
            first = true;
            continue;
        }
        let letter = byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii();
        if !letter && (first || !(byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))) {
            return None;
        }
        first = false;
    }
    match colon {
        _ if first => None,
        None => Some(("", name)),
        Some(at) => Some((name.get(..at)?, name.get(at + 1..)?)),
    }
}

/// The character that a reference stands for.
pub(super) fn referred(name: &str) -> Result<char, String> {
    let number = match name.strip_prefix('#') {
        None => {
            return match name {
                "lt" => Ok('<'),
                "gt" => Ok('>'),
                "amp" => Ok('&'),
                "apos" => Ok('\''),
                "quot" => Ok('"'),
                _ => Err(format!("the entity `{}` is none of lt, gt, amp, apos, quot", Excerpt(name))),
            };
        }
        Some(number) => number,
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let plain = !digits.is_empty() && digits.chars().all(|it| it.is_digit(radix));
    plain
        .then(|| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32))
        .flatten()
        .filter(|it| is_character(*it))
        .ok_or_else(|| format!("`&{};` is no character that XML has", Excerpt(name)))
}

/// The value of an attribute: references resolved, white space made blanks.
pub(super) fn attribute(raw: &str) -> Result<String, String> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\t', '\n', '\r']) {
        let (plain, special) = rest.split_at(at);
        value.push_str(plain);
        rest = match special.strip_prefix('&') {
            Some(reference) => {
                let Some((name, behind)) = reference.split_once(';') else {
                    return Err("`&` in an attribute; write `&amp;`".to_owned());
                };
                value.push(referred(name)?);
                behind
            }
            None => {
                value.push(' ');
                special.strip_prefix("\r\n").or_else(|| special.get(1..)).unwrap_or_default()
            }
        };
    }
    value.push_str(rest);
    Ok(value)
}

/// What is wrong with the notation, for a person.
pub(super) fn problem(error: &Error) -> String {
    match error {
        Error::Syntax(error) => error.to_string(),
        Error::IllFormed(IllFormedError::UnclosedReference) => "`&` in a text; write `&amp;`".to_owned(),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("expected `</{}>`, found `</{}>`", Excerpt(expected), Excerpt(found))
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("`</{}>` ends an element that never began", Excerpt(name))
        }
        Error::IllFormed(error) => error.to_string(),
        _ => "broken XML".to_owned(),
    }
}

/// The place behind `before`, counted from 1; `skipped` bytes stood before that.
pub(super) fn line_and_column(before: &[u8], skipped: usize) -> (usize, usize) {
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
    (line, if line == 1 { column + skipped } else { column })
}
