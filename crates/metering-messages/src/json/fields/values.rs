//! Typed values out of the slices of an item.

use std::borrow::Cow;

use metering_model::{Decimal, Excerpt, Mrid, TimeStamp, Violation, ViolationCode};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{At, Fields, Found, Name};
use crate::values;

/// The field, unless it is absent or `null`.
pub(crate) fn present(raw: Option<&RawValue>) -> Option<&RawValue> {
    raw.filter(|raw| raw.get() != "null")
}

/// The field; that it is absent or `null` is a violation.
pub(crate) fn required<'a, 'p>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<&'a RawValue> {
    let raw = present(raw);
    if raw.is_none() {
        violations.push(at.into().violation(name, ViolationCode::Missing, format!("`{name}` is missing")));
    }
    raw
}

/// Something else stands where `needed` should.
fn wrong_kind(raw: &RawValue, at: At<'_>, name: &str, needed: &str, violations: &mut Vec<Violation>) {
    let detail = format!("{needed} is needed here, not {}", Found::of(raw));
    violations.push(at.violation(name, ViolationCode::WrongKind, detail));
}

/// The text between the quotes, if nothing in it is escaped.
fn plain(raw: &RawValue) -> Option<&str> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    (!inner.as_bytes().contains(&b'\\')).then_some(inner)
}

/// The text of a JSON string.
fn decoded<'a>(raw: &'a RawValue, at: At<'_>, name: &str, violations: &mut Vec<Violation>) -> Option<Cow<'a, str>> {
    if let Some(text) = plain(raw) {
        return Some(Cow::Borrowed(text));
    }
    // Only half a surrogate pair is left to go wrong; the rest was checked when the slice was cut.
    match serde_json::from_str::<String>(raw.get()) {
        Ok(text) => Some(Cow::Owned(text)),
        Err(_) => {
            let detail = "an escape in the text is no character: half of a surrogate pair";
            violations.push(at.violation(name, ViolationCode::InvalidText, detail));
            None
        }
    }
}

/// A text; a slice of the body unless it is written with escapes.
pub(crate) fn text<'a, 'p>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<Cow<'a, str>> {
    let raw = present(raw)?;
    if Found::of(raw) != Found::Text {
        wrong_kind(raw, at.into(), name, "a text", violations);
        return None;
    }
    decoded(raw, at.into(), name, violations)
}

/// A text, or a number as it is spelled; which of them tells [`Found`].
pub(crate) fn text_or_number<'a, 'p>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<(Found, Cow<'a, str>)> {
    let raw = present(raw)?;
    match Found::of(raw) {
        Found::Number => Some((Found::Number, Cow::Borrowed(raw.get()))),
        Found::Text => Some((Found::Text, decoded(raw, at.into(), name, violations)?)),
        _ => {
            wrong_kind(raw, at.into(), name, "a text or a number", violations);
            None
        }
    }
}

/// An id.
pub(crate) fn id<'p, K>(
    raw: Option<&RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<Mrid<K>> {
    let at = at.into();
    let id = text(raw, at, name, violations)?;
    values::id(&id, at, name, violations)
}

/// An instant: RFC 3339 with an offset.
pub(crate) fn time<'p>(
    raw: Option<&RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<TimeStamp> {
    let at = at.into();
    let spelled = text(raw, at, name, violations)?;
    values::time(&spelled, at, name, violations)
}

/// An exact decimal, as a number or as a text.
pub(crate) fn decimal<'p>(
    raw: Option<&RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<Decimal> {
    let raw = present(raw)?;
    let at = at.into();
    let number = match Found::of(raw) {
        Found::Number => Decimal::from_bytes(raw.get().as_bytes()),
        Found::Text => Decimal::from_bytes(decoded(raw, at, name, violations)?.as_bytes()),
        _ => {
            wrong_kind(raw, at, name, "a number", violations);
            return None;
        }
    };
    match number {
        Ok(number) => Some(number),
        Err(error) => {
            violations.push(values::no_decimal(raw.get().trim_matches('"'), error, at, name));
            None
        }
    }
}

/// A whole number.
pub(crate) fn integer<'p>(
    raw: Option<&RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<i64> {
    let raw = present(raw)?;
    let at = at.into();
    if Found::of(raw) != Found::Number {
        wrong_kind(raw, at, name, "a whole number", violations);
        return None;
    }
    if let Ok(number) = raw.get().parse() {
        return Some(number);
    }
    // `2.0` and `2e0` are whole too.
    let whole = Decimal::from_bytes(raw.get().as_bytes()).ok().and_then(|number| {
        let power = 10i64.checked_pow(number.scale().places().into())?;
        (number.digits() % power == 0).then_some(number.digits() / power)
    });
    if whole.is_none() {
        let detail = format!("a whole number is needed here, not {}", Excerpt(raw.get()));
        violations.push(at.violation(name, ViolationCode::InvalidNumber, detail));
    }
    whole
}

/// `true` or `false`.
pub(crate) fn boolean<'p>(
    raw: Option<&RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<bool> {
    let raw = present(raw)?;
    match raw.get() {
        "true" => Some(true),
        "false" => Some(false),
        _ => {
            wrong_kind(raw, at.into(), name, "true or false", violations);
            None
        }
    }
}

/// The most entries of a list within an item that are looked at, and the most names of an object
/// of any names.
const ENTRIES: usize = 10_000;

/// A list of texts; entries that are none are told one by one, and the others come back.
pub(crate) fn texts<'a, 'p>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<Vec<Cow<'a, str>>> {
    let at = at.into();
    let entries = entries(raw, at, name, violations)?;
    let mut texts = Vec::with_capacity(entries.len());
    for (number, entry) in entries.into_iter().enumerate() {
        // `null` is no absent entry: it holds a place in the list.
        if Found::of(entry) != Found::Text {
            wrong_kind(entry, at, &format!("{name}/{number}"), "a text", violations);
        } else if let Some(text) = plain(entry) {
            texts.push(Cow::Borrowed(text));
        } else {
            texts.extend(decoded(entry, at, &format!("{name}/{number}"), violations));
        }
    }
    Some(texts)
}

/// The entries of a list, if they are not too many to be looked at.
pub(crate) fn entries<'a, 'p>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<Vec<&'a RawValue>> {
    let raw = present(raw)?;
    let at = at.into();
    if Found::of(raw) != Found::List {
        wrong_kind(raw, at, name, "a list", violations);
        return None;
    }
    let Bounded(entries) = readable(raw, at, name, violations)?;
    if entries.is_none() {
        too_many(at, name, "entries", violations);
    }
    entries
}

fn too_many(at: At<'_>, name: &str, of: &str, violations: &mut Vec<Violation>) {
    let detail = format!("more than {ENTRIES} {of}");
    violations.push(at.violation(name, ViolationCode::TooMany, detail));
}

/// The entries of a list or the members of an object; `None` where there are more than [`ENTRIES`].
/// The rest is then read past, for what is wrong with the notation is told first.
struct Bounded<T>(Option<Vec<T>>);

impl<T> Bounded<T> {
    fn push(&mut self, entry: T) {
        match &mut self.0 {
            Some(entries) if entries.len() < ENTRIES => entries.push(entry),
            full => *full = None,
        }
    }
}

impl<'de> Deserialize<'de> for Bounded<&'de RawValue> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Bounded<&'de RawValue>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut bounded = Bounded(Some(Vec::new()));
                while let Some(entry) = entries.next_element()? {
                    bounded.push(entry);
                }
                Ok(bounded)
            }
        }

        deserializer.deserialize_seq(Entries)
    }
}

impl<'de> Deserialize<'de> for Bounded<(Cow<'de, str>, &'de RawValue)> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Bounded<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let mut bounded = Bounded(Some(Vec::new()));
                while let Some((Name(name), value)) = members.next_entry()? {
                    bounded.push((name, value));
                }
                Ok(bounded)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// What a slice holds, where its kind fits already.
fn readable<'a, T: Deserialize<'a>>(
    raw: &'a RawValue,
    at: At<'_>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<T> {
    match serde_json::from_str(raw.get()) {
        Ok(value) => Some(value),
        // Names with half a surrogate pair; numbers in the place of objects that no float holds.
        Err(error) => {
            let detail = format!("cannot be read: {}", crate::json::items::without_position(&error));
            violations.push(at.violation(name, ViolationCode::InvalidText, detail));
            None
        }
    }
}

/// An object within the item; what is strange about it is told. `what` says what it is
/// (`an installation`). Read its fields with [`At`] `{ item, within: "NAME/" }`.
pub(crate) fn object<'a, 'p, F: Fields<'a>>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    what: &str,
    violations: &mut Vec<Violation>,
) -> Option<F> {
    let raw = present(raw)?;
    let at = at.into();
    let fields: F = readable(raw, at, name, violations)?;
    let within = at.field(name) + "/";
    fields.notes().tell(At { item: at.item, within: &within }, what, F::NAMES, violations).then_some(fields)
}

/// An object of any names, each with its value, in their order; a name that comes twice is told.
pub(crate) fn pairs<'a, 'p>(
    raw: Option<&'a RawValue>,
    at: impl Into<At<'p>>,
    name: &str,
    violations: &mut Vec<Violation>,
) -> Option<Vec<(Cow<'a, str>, &'a RawValue)>> {
    let raw = present(raw)?;
    let at = at.into();
    if Found::of(raw) != Found::Object {
        wrong_kind(raw, at, name, "an object of names and texts", violations);
        return None;
    }
    let Bounded(pairs) = readable(raw, at, name, violations)?;
    let Some(pairs) = pairs else {
        too_many(at, name, "names", violations);
        return None;
    };
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let detail = format!("`{}` stands twice; write it once", Excerpt(pair[0]));
        violations.push(at.violation(name, ViolationCode::DuplicateField, detail));
    }
    Some(pairs)
}

#[cfg(test)]
mod tests;
