//! The message around the items: a list under its name, or one object standing alone.

use std::fmt;
use std::marker::PhantomData;

use metering_model::{Excerpt, Violation};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fields::{At, Fields, Name, ReadInto};
use crate::items::bound;
use crate::{Limits, Malformed};

pub(crate) use crate::items::whole;

/// How many items a message had, and how they stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Items {
    /// All items, with those that could not be read.
    pub(crate) received: u32,
    /// Whether one object stood alone in the place of the list.
    pub(crate) alone: bool,
}

/// What a message of one kind is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    /// The name of the list: `readings`.
    pub(crate) list: &'static str,
    /// What one of its items is, with its article: `a reading`.
    pub(crate) one: &'static str,
}

impl Message {
    fn expected(self, found: &str) -> Malformed {
        let Self { list, one } = self;
        Malformed::Message(format!("an object is expected: {{\"{list}\": [...]}}, or {one} alone; {found}"))
    }
}

/// Reads a message of items item by item; none is kept.
///
/// `each` gets the number of the item, its fields, and the violations to add to; those about the
/// item's names are there already ([`super::fields::Notes`] tells whether there were any). What
/// is no object is told and does not come.
///
/// # Errors
/// [`Malformed`], when the notation is broken, the message is no such list and no such object, or
/// it is larger than the limits allow.
pub(crate) fn read_items<'a, F: Fields<'a>>(
    body: &'a [u8],
    message: Message,
    limits: &Limits,
    violations: &mut Vec<Violation>,
    mut each: impl FnMut(u32, &F, &mut Vec<Violation>),
) -> Result<Items, Malformed> {
    let text = utf8(body)?;
    match text.trim_ascii_start().bytes().next() {
        Some(b'{') => {}
        None => return Err(message.expected("the body is empty")),
        Some(b'[') => return Err(message.expected("the body is a list")),
        Some(_) => {
            serde_json::from_str::<IgnoredAny>(text).map_err(|error| broken(&error))?;
            return Err(message.expected("the body is a plain value"));
        }
    }
    let mut refused = None;
    let mut reader = serde_json::Deserializer::from_str(text);
    let outer = Outer { message, limits, refused: &mut refused, violations, each: &mut each, fields: PhantomData };
    let read = outer.deserialize(&mut reader).and_then(|received| reader.end().map(|()| received));
    match (refused, read) {
        (Some(refused), _) => Err(refused),
        (None, Err(error)) => Err(broken(&error)),
        (None, Ok(Some(received))) => Ok(Items { received, alone: false }),
        (None, Ok(None)) => {
            alone(text, message, limits, violations, each)?;
            Ok(Items { received: 1, alone: true })
        }
    }
}

/// The body as text, if it is UTF-8.
fn utf8(body: &[u8]) -> Result<&str, Malformed> {
    if body.starts_with(b"\xef\xbb\xbf") {
        return Err(Malformed::Message("the body begins with a byte order mark; send UTF-8 without one".to_owned()));
    }
    std::str::from_utf8(body).map_err(|error| {
        let before = body.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Malformed::Notation { problem: "a byte that is not UTF-8".to_owned(), line, column }
    })
}

/// The notation's error with its place.
fn broken(error: &serde_json::Error) -> Malformed {
    Malformed::Notation { problem: without_position(error), line: error.line(), column: error.column() }
}

/// What went wrong, without the place that `serde_json` appends to it.
pub(crate) fn without_position(error: &serde_json::Error) -> String {
    let mut problem = error.to_string();
    if let Some(end) = problem.rfind(" at line ") {
        problem.truncate(end);
    }
    problem
}

/// Reads the object that stands alone.
fn alone<'a, F: Fields<'a>>(
    text: &'a str,
    message: Message,
    limits: &Limits,
    violations: &mut Vec<Violation>,
    mut each: impl FnMut(u32, &F, &mut Vec<Violation>),
) -> Result<(), Malformed> {
    let mut fields: F = serde_json::from_str(text).map_err(|error| broken(&error))?;
    if fields.notes().depth + 1 > limits.depth {
        return Err(too_deep(limits));
    }
    let unknown = &fields.notes().unknown;
    if unknown.iter().any(|name| name == message.list) {
        let other = unknown.iter().find(|name| *name != message.list).map(|name| name.to_string());
        let known = F::NAMES.iter().copied().find(|name| fields.slot(name).is_some_and(|slot| slot.is_some()));
        return Err(beside(message.list, &other.or(known.map(str::to_owned)).unwrap_or_default()));
    }
    if fields.is_empty() {
        let names = fields.notes().unknown.iter().map(|name| format!("`{}`", Excerpt(name))).collect::<Vec<_>>();
        let found =
            if names.is_empty() { "the object is empty".to_owned() } else { format!("found {}", names.join(", ")) };
        return Err(message.expected(&found));
    }
    if fields.notes().tell(At::from(0), message.one, F::NAMES, violations) {
        each(0, &fields, violations);
    }
    bound(violations, 0);
    Ok(())
}

/// Something stands beside the list.
fn beside(list: &str, other: &str) -> Malformed {
    let other = Excerpt(other);
    Malformed::Message(format!("`{list}` stands alone in a message; `{other}` does not belong beside it"))
}

fn too_deep(limits: &Limits) -> Malformed {
    Malformed::Message(format!("more than {} objects and lists within each other", limits.depth))
}

/// The object around the list. Comes back with the number of items, or with nothing where the
/// object does not begin with the list, and then is an item itself.
struct Outer<'r, E, F> {
    message: Message,
    limits: &'r Limits,
    /// Why the reading was broken off, where it was not the notation.
    refused: &'r mut Option<Malformed>,
    violations: &'r mut Vec<Violation>,
    each: &'r mut E,
    fields: PhantomData<F>,
}

impl<'de, F: Fields<'de>, E: FnMut(u32, &F, &mut Vec<Violation>)> DeserializeSeed<'de> for Outer<'_, E, F> {
    type Value = Option<u32>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: Fields<'de>, E: FnMut(u32, &F, &mut Vec<Violation>)> Visitor<'de> for Outer<'_, E, F> {
    type Value = Option<u32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let Self { message, limits, refused, violations, each, fields } = self;
        let list = message.list;
        match members.next_key()? {
            Some(Name(name)) if name == list => {}
            Some(_) => {
                // An object that stands alone. It is read once more, as an item.
                members.next_value::<IgnoredAny>()?;
                while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(None);
            }
            None => return Ok(None),
        }
        let seed = List { message, limits, refused: &mut *refused, violations, each, fields };
        let received = members.next_value_seed(seed)?;
        if let Some(Name(name)) = members.next_key()? {
            *refused = Some(if name == list {
                Malformed::Message(format!("`{list}` stands twice in the message"))
            } else {
                beside(list, &name)
            });
            return Err(A::Error::custom(""));
        }
        Ok(Some(received))
    }
}

struct List<'r, E, F> {
    message: Message,
    limits: &'r Limits,
    refused: &'r mut Option<Malformed>,
    violations: &'r mut Vec<Violation>,
    each: &'r mut E,
    fields: PhantomData<F>,
}

impl<E, F> List<'_, E, F> {
    fn no_list<R: serde::de::Error>(self, found: &str) -> Result<u32, R> {
        let Message { list, one } = self.message;
        *self.refused = Some(Malformed::Message(format!("`{list}` is a list of objects, each {one}; not {found}")));
        Err(R::custom(""))
    }
}

impl<'de, F: Fields<'de>, E: FnMut(u32, &F, &mut Vec<Violation>)> DeserializeSeed<'de> for List<'_, E, F> {
    type Value = u32;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u32, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: Fields<'de>, E: FnMut(u32, &F, &mut Vec<Violation>)> Visitor<'de> for List<'_, E, F> {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<u32, A::Error> {
        let mut received = 0u32;
        let mut fields = F::default();
        while items.next_element_seed(ReadInto(&mut fields))?.is_some() {
            if received as usize >= self.limits.items {
                *self.refused = Some(Malformed::TooManyItems { limit: self.limits.items });
                return Err(A::Error::custom(""));
            }
            // The message, the list and the item itself lie around what is in the item.
            if fields.notes().depth + 3 > self.limits.depth {
                *self.refused = Some(too_deep(self.limits));
                return Err(A::Error::custom(""));
            }
            let told = self.violations.len();
            if fields.notes().tell(At::from(received), self.message.one, F::NAMES, self.violations) {
                (self.each)(received, &fields, self.violations);
            }
            bound(self.violations, told);
            received += 1;
        }
        Ok(received)
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<u32, A::Error> {
        self.no_list("an object")
    }

    fn visit_str<R: serde::de::Error>(self, _: &str) -> Result<u32, R> {
        self.no_list("a text")
    }

    fn visit_bool<R: serde::de::Error>(self, _: bool) -> Result<u32, R> {
        self.no_list("true or false")
    }

    fn visit_unit<R: serde::de::Error>(self) -> Result<u32, R> {
        self.no_list("null")
    }

    fn visit_i64<R: serde::de::Error>(self, _: i64) -> Result<u32, R> {
        self.no_list("a number")
    }

    fn visit_u64<R: serde::de::Error>(self, _: u64) -> Result<u32, R> {
        self.no_list("a number")
    }

    fn visit_f64<R: serde::de::Error>(self, _: f64) -> Result<u32, R> {
        self.no_list("a number")
    }
}
