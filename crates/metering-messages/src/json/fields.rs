//! One table of field names, one reader: how every item of our JSON is read.
//!
//! ```text
//! fields! {
//!     /// One item of `events`, spelled as the API spells it.
//!     struct EventFields<'a> { "deviceId" device, "eventType" event_type, "names" names }
//! }
//!
//! let message = Message { list: "events", one: "an event" };
//! let items = read_items(body, message, limits, &mut violations, |item, fields: &EventFields<'_>, violations| {
//!     let device = fields::id(fields.device, item, "deviceId", violations);
//!     let kind = fields::text(fields.event_type, item, "eventType", violations);
//! })?;
//! ```
//!
//! An item is read in one pass into a struct with one `Option<&RawValue>` for each name, each
//! still a slice of the body. Names that no field has, names that come twice and items that are
//! no objects are noted and become violations of that item; only a broken notation ends the
//! reading. Nothing is allocated as long as nothing is wrong.
//!
//! The typed values come out of the slices by the functions of this module ([`text`], [`id`],
//! [`time`], [`decimal`], [`integer`], [`boolean`], [`texts`], [`entries`], [`object`], [`pairs`]). Each takes the
//! field, the item's number (or [`At`], inside an object within the item), the field's name, and the
//! violations to which it adds what is wrong; `None` means that the field is absent or wrong, and
//! JSON's `null` counts as absent. [`present`] tells absent from wrong, and [`required`] asks for a
//! field that must be there.

use std::borrow::Cow;
use std::fmt;

use metering_model::{Excerpt, Violation, ViolationCode, words};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::items::TOLD_IN_FULL;

mod values;

pub(crate) use crate::items::At;
pub(crate) use values::{
    boolean, decimal, entries, id, integer, object, pairs, present, required, text, text_or_number, texts, time,
};

/// Makes the struct of an item's fields from the table of their names; see the module.
macro_rules! fields {
    (
        $(#[$about:meta])*
        $vis:vis struct $Fields:ident<$life:lifetime> { $( $name:literal $field:ident ),+ $(,)? }
    ) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        $vis struct $Fields<$life> {
            $( $vis $field: Option<&$life ::serde_json::value::RawValue>, )+
            notes: $crate::json::fields::Notes<$life>,
        }

        impl<$life> $crate::json::fields::Fields<$life> for $Fields<$life> {
            const NAMES: &'static [&'static str] = &[$($name),+];

            fn slot(&mut self, name: &str) -> Option<&mut Option<&$life ::serde_json::value::RawValue>> {
                match name {
                    $( $name => Some(&mut self.$field), )+
                    _ => None,
                }
            }

            fn notes(&self) -> &$crate::json::fields::Notes<$life> {
                &self.notes
            }

            fn notes_mut(&mut self) -> &mut $crate::json::fields::Notes<$life> {
                &mut self.notes
            }
        }

        impl<$life> ::serde::Deserialize<$life> for $Fields<$life> {
            fn deserialize<D: ::serde::Deserializer<$life>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::fields::read(deserializer)
            }
        }
    };
}

pub(crate) use fields;

/// What [`fields!`] makes: the fields of one object by their names.
pub(crate) trait Fields<'a>: Default + Deserialize<'a> {
    /// The names, in the order of the table.
    const NAMES: &'static [&'static str];

    /// Where the value of the field called `name` goes.
    fn slot(&mut self, name: &str) -> Option<&mut Option<&'a RawValue>>;

    /// What was strange about the object.
    fn notes(&self) -> &Notes<'a>;

    /// The same, to add to it.
    fn notes_mut(&mut self) -> &mut Notes<'a>;

    /// Whether no field of the table was met.
    fn is_empty(&mut self) -> bool {
        Self::NAMES.iter().all(|name| self.slot(name).is_none_or(|slot| slot.is_none()))
    }
}

/// What was strange about an object, to be told with its other faults.
#[derive(Debug, Default)]
pub(crate) struct Notes<'a> {
    /// What stood in the place of the object.
    pub(crate) instead: Option<Found>,
    /// Names that no field has, the first few.
    pub(crate) unknown: Vec<Cow<'a, str>>,
    /// How many more there were.
    pub(crate) more_unknown: u32,
    /// Names that came twice.
    pub(crate) twice: Vec<Cow<'a, str>>,
    /// How deep objects and lists lie within each other below this object.
    pub(crate) depth: usize,
}

/// So many unknown names of one object are told; a message of nothing else must not fill memory.
const UNKNOWN_TOLD: usize = 8;

impl Notes<'_> {
    /// Adds what is wrong with the object at `at` as a whole, of which `names` are the fields and
    /// `what` says what it is (`a reading`). Whether there is an object at all.
    pub(crate) fn tell(&self, at: At<'_>, what: &str, names: &[&str], violations: &mut Vec<Violation>) -> bool {
        if let Some(found) = self.instead {
            let place = at.within.strip_suffix('/').unwrap_or(at.within).to_owned();
            let detail = format!("{what} is an object, not {found}");
            violations.push(Violation::new(at.item, place, ViolationCode::WrongKind, detail));
            return false;
        }
        let told = if violations.len() < TOLD_IN_FULL { self.unknown.len() } else { 1 };
        for name in self.unknown.iter().take(told) {
            let shown = Excerpt(name);
            let detail = match words::nearest(name, names) {
                Some(nearest) => format!("no field of {what} is called `{shown}`; did you mean `{nearest}`?"),
                None => format!("no field of {what} is called `{shown}`; there are {}", names.join(", ")),
            };
            violations.push(at.violation(&pointer_token(&shown.to_string()), ViolationCode::UnknownField, detail));
        }
        if self.more_unknown > 0 {
            let detail = format!("{} more fields that {what} does not have", self.more_unknown);
            violations.push(at.violation("", ViolationCode::UnknownField, detail));
        }
        for name in &self.twice {
            let detail = format!("`{name}` stands twice in {what}; write it once");
            violations.push(at.violation(name, ViolationCode::DuplicateField, detail));
        }
        true
    }
}

/// A member's name as one step of a JSON pointer.
fn pointer_token(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// The kind of a JSON value that was met in the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// `{...}`
    Object,
    /// `[...]`
    List,
    /// `"..."`
    Text,
    /// `1.5`
    Number,
    /// `true`, `false`
    Boolean,
    /// `null`
    Null,
}

impl Found {
    /// The kind of the value that `raw` is.
    pub(crate) fn of(raw: &RawValue) -> Self {
        match raw.get().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Boolean,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Null => "null",
        })
    }
}

/// Reads an object into its fields, or notes what stands in its place.
pub(crate) fn read<'de, D: Deserializer<'de>, F: Fields<'de>>(deserializer: D) -> Result<F, D::Error> {
    let mut fields = F::default();
    ReadInto(&mut fields).deserialize(deserializer)?;
    Ok(fields)
}

/// The same into fields that are there already, whatever they hold: the struct is large, and
/// handing it from call to call costs more than filling it.
pub(crate) struct ReadInto<'m, F>(pub(crate) &'m mut F);

impl<'de, F: Fields<'de>> DeserializeSeed<'de> for ReadInto<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = F::default();
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: Fields<'de>> ReadInto<'_, F> {
    fn instead<E>(self, found: Found) -> Result<(), E> {
        self.0.notes_mut().instead = Some(found);
        Ok(())
    }
}

impl<'de, F: Fields<'de>> Visitor<'de> for ReadInto<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let fields = self.0;
        while let Some(Name(name)) = members.next_key()? {
            let value: &'de RawValue = members.next_value()?;
            let deep = depth_of(value);
            if deep > fields.notes().depth {
                fields.notes_mut().depth = deep;
            }
            let known = match fields.slot(&name) {
                Some(slot @ None) => {
                    *slot = Some(value);
                    continue;
                }
                Some(Some(_)) => true,
                None => false,
            };
            let notes = fields.notes_mut();
            if known {
                if !notes.twice.contains(&name) {
                    notes.twice.push(name);
                }
            } else if notes.unknown.len() < UNKNOWN_TOLD {
                notes.unknown.push(name);
            } else {
                notes.more_unknown = notes.more_unknown.saturating_add(1);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let notes = self.0.notes_mut();
        notes.instead = Some(Found::List);
        while let Some(entry) = entries.next_element::<&RawValue>()? {
            notes.depth = notes.depth.max(depth_of(entry));
        }
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.instead(Found::Text)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.instead(Found::Boolean)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.instead(Found::Null)
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.instead(Found::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.instead(Found::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.instead(Found::Number)
    }
}

/// The name of a member: a slice of the body, unless it is written with escapes.
pub(crate) struct Name<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

/// How deep objects and lists lie within each other in `raw`: 0 for a plain value.
pub(crate) fn depth_of(raw: &RawValue) -> usize {
    let text = raw.get().as_bytes();
    if !matches!(text.first(), Some(b'{' | b'[')) {
        return 0;
    }
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0usize, 0usize, false, false);
    for byte in text {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{' | b'[') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests;
