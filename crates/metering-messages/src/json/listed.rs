//! Fields that take a word of a closed list, or a code of numbers in its place.

use std::str::FromStr;

use metering_model::{FourPartCodeError, Violation, ViolationCode, words};
use serde_json::value::RawValue;

use super::fields::text;
use crate::values;

/// A word of a closed list, by what `find` makes of it; one that is not `known` is told with the
/// words there are.
pub(super) fn word<T>(
    raw: Option<&RawValue>,
    item: u32,
    name: &'static str,
    known: &[&str],
    find: impl Fn(&str) -> Option<T>,
    violations: &mut Vec<Violation>,
) -> Option<T> {
    let word = text(raw, item, name, violations)?;
    let found = find(&word);
    if found.is_none() {
        violations.push(unknown(item, name, &word, known));
    }
    found
}

/// That `word` is none of those `known`.
pub(super) fn unknown(item: u32, name: &'static str, word: &str, known: &[&str]) -> Violation {
    Violation::new(item, name, ViolationCode::UnknownWord, words::unknown_word(name, word, known))
}

/// A code of four numbers.
pub(super) fn code<T: FromStr<Err = FourPartCodeError>>(
    raw: Option<&RawValue>,
    item: u32,
    name: &'static str,
    violations: &mut Vec<Violation>,
) -> Option<T> {
    let spelled = text(raw, item, name, violations)?;
    parsed(&spelled, item, name, violations)
}

/// The code that `spelled` is.
pub(super) fn parsed<T: FromStr<Err = FourPartCodeError>>(
    spelled: &str,
    item: u32,
    name: &'static str,
    violations: &mut Vec<Violation>,
) -> Option<T> {
    values::code(spelled, item.into(), name, violations)
}

/// That fields only the server sets were sent.
pub(super) fn server_owned<'a>(
    item: u32,
    fields: impl IntoIterator<Item = (&'static str, Option<&'a RawValue>)>,
    violations: &mut Vec<Violation>,
) {
    for (name, raw) in fields {
        if raw.is_some() {
            let detail = format!("`{name}` is set by the server; leave it out");
            violations.push(Violation::new(item, name, ViolationCode::ServerOwned, detail));
        }
    }
}
