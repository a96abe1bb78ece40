//! JSON Schemas of what is read and written, as OpenAPI 3.1 takes them (draft 2020-12).
//!
//! Each noun has its schemas in a file beside its reader and writer; here is what they are made of.
//! They are plain JSON values: the readers are tables of field names over slices of the body, so there
//! are no structs that a schema could be derived from.
//!
//! What is sent and what is answered are two schemas. A schema of what is sent takes what the
//! reader takes and refuses what it refuses, as far as a schema can say it: unknown fields are
//! refused, and `null` stands for a field that is left out. A schema of what is answered names
//! every field there is now and allows more, for later versions add some.

use metering_model::{ViolationCode, words};
use serde_json::{Map, Value, json};

use super::{configuration, end_device_controls, end_device_events, meter_readings, problem, receipt};
use crate::Limits;

mod word_lists;

pub use word_lists::{WordList, word_lists};

/// Schemas by name; a later one of the same name is the same.
#[derive(Debug, Default)]
pub struct Schemas(Map<String, Value>);

impl Schemas {
    /// Every schema of the messages, of which lists have at most as many items as `limits` say.
    #[must_use]
    pub fn of_messages(limits: &Limits) -> Self {
        let mut schemas = Self::default();
        meter_readings::schema::add(limits, &mut schemas);
        end_device_controls::schema::add(limits, &mut schemas);
        end_device_events::schema::add(limits, &mut schemas);
        configuration::schema::add(limits, &mut schemas);
        receipt::schema::add(&mut schemas);
        problem::schema::add(&mut schemas);
        schemas
    }

    /// Adds an object under its name; the name refers to it from here on.
    pub fn add(&mut self, object: Object) {
        let name = object.name.clone();
        self.0.insert(name, object.into_schema());
    }

    /// Adds an object that can stand alone as a message; an empty one is none.
    pub fn add_message(&mut self, object: Object) {
        let name = object.name.clone();
        self.add(object);
        if let Some(schema) = self.0.get_mut(&name) {
            schema["minProperties"] = 1.into();
        }
    }

    /// Whether there is one of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// All of them.
    #[must_use]
    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

/// Which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From a client.
    Sent,
    /// To a client.
    Answered,
}

impl Way {
    /// What the object called `name` is called on this way.
    pub(crate) fn name(self, name: &str) -> String {
        match self {
            Self::Sent => name.to_owned(),
            Self::Answered => format!("Recorded{name}"),
        }
    }

    /// An exact number: sent as a number or a text, answered as a number.
    pub(crate) fn decimal(self) -> Value {
        let number = json!({"type": "number", "exclusiveMinimum": -1e18, "exclusiveMaximum": 1e18});
        match self {
            Self::Sent => json!({"anyOf": [number, {"type": "string", "pattern": DECIMAL}]}),
            Self::Answered => number,
        }
    }

    /// One of the words of `field`; those that are read and never written are sent only.
    pub(crate) fn words(self, field: &str, known: &[&str]) -> Value {
        match self {
            Self::Sent => spellings(field, known),
            Self::Answered => one_of(known),
        }
    }
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    name: &'static str,
    meaning: String,
    schema: Value,
    required: bool,
}

impl Field {
    /// What it is called.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// A field that may be left out.
pub fn optional(name: &'static str, schema: Value, meaning: impl Into<String>) -> Field {
    Field { name, meaning: meaning.into(), schema, required: false }
}

/// A field that is always there.
pub fn required(name: &'static str, schema: Value, meaning: impl Into<String>) -> Field {
    Field { name, meaning: meaning.into(), schema, required: true }
}

/// An object with a table of its fields, and an example that has all of them.
#[derive(Debug)]
pub struct Object {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub meaning: String,
    /// Which way it goes.
    pub way: Way,
    /// Its fields in their order.
    pub fields: Vec<Field>,
    /// One of it.
    pub example: Value,
}

impl Object {
    fn into_schema(self) -> Value {
        let Self { name: _, meaning, way, fields, example } = self;
        let (mut properties, mut always) = (Map::new(), Vec::new());
        for Field { name, meaning, schema, required } in fields {
            if required {
                always.push(name);
            }
            let mut schema = if way == Way::Sent && !required { or_null(schema) } else { schema };
            schema["description"] = meaning.into();
            // An object that it refers to shows its own.
            if let Some(example) = example.get(name).filter(|_| !refers(&schema)) {
                schema["examples"] = json!([example]);
            }
            properties.insert(name.to_owned(), schema);
        }
        let mut object = json!({"type": "object", "description": meaning, "properties": properties});
        if !always.is_empty() {
            object["required"] = json!(always);
        }
        if way == Way::Sent {
            object["additionalProperties"] = false.into();
        }
        object
    }
}

/// Whether it is, or lists, an object that has a schema of its own.
fn refers(schema: &Value) -> bool {
    let choices = schema["anyOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    choices.iter().any(|it| it.get("$ref").is_some() || it["items"].get("$ref").is_some())
}

/// The schema, or `null`, which counts as absent.
fn or_null(mut schema: Value) -> Value {
    if let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        choices.push(json!({"type": "null"}));
        return schema;
    }
    match schema.get("type").cloned() {
        // Words stay a type of their own, for whoever makes types of it.
        Some(of) if schema.get("enum").is_none() => {
            schema["type"] = json!([of, "null"]);
            schema
        }
        _ => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}

/// The object of this name.
#[must_use]
pub fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A list.
#[must_use]
pub fn list(of: Value, most: Option<usize>) -> Value {
    match most {
        Some(most) => json!({"type": "array", "items": of, "maxItems": most}),
        None => json!({"type": "array", "items": of}),
    }
}

/// Characters that control what is around them instead of being shown, as of a regular expression.
macro_rules! controls {
    ($before:literal, $after:literal) => {
        concat!("^[^", $before, "\\u007F-\\u009F\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]", $after, "$")
    };
}

const LINE: &str = controls!("\\u0000-\\u001F", "*");
const LINES: &str = controls!("\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F", "*");
const DECIMAL: &str = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$";

/// One line of text.
#[must_use]
pub fn line(least: usize, most: usize) -> Value {
    let mut schema = json!({"type": "string", "maxLength": most, "pattern": LINE});
    if least > 0 {
        schema["minLength"] = least.into();
    }
    schema
}

/// One line of text of any length.
#[must_use]
pub fn any_line() -> Value {
    json!({"type": "string", "pattern": LINE})
}

/// Text of several lines.
pub(crate) fn lines(most: usize) -> Value {
    json!({"type": "string", "maxLength": most, "pattern": LINES})
}

/// Text of ours.
#[must_use]
pub fn text() -> Value {
    json!({"type": "string"})
}

/// An id: any text of 1 to 255 characters that has no control characters.
#[must_use]
pub fn id() -> Value {
    line(1, 255)
}

/// An instant: RFC 3339 with an offset.
#[must_use]
pub fn time() -> Value {
    json!({"type": "string", "format": "date-time"})
}

/// `true` or `false`.
#[must_use]
pub fn boolean() -> Value {
    json!({"type": "boolean"})
}

/// A whole number.
#[must_use]
pub fn integer(least: i64, most: Option<i64>) -> Value {
    let mut schema = json!({"type": "integer", "minimum": least});
    if let Some(most) = most {
        schema["maximum"] = most.into();
    }
    schema
}

/// One of these words.
#[must_use]
pub fn one_of(words: &[&str]) -> Value {
    json!({"type": "string", "enum": words})
}

/// One of the words of `field`, in any spelling that is read.
#[must_use]
pub fn spellings(field: &str, known: &[&str]) -> Value {
    let aliases = words::aliases(field);
    let all: Vec<&str> = known.iter().copied().chain(aliases.iter().map(|(alias, _)| *alias)).collect();
    one_of(&all)
}

/// The other spellings of `field`, for its description; empty where there are none.
#[must_use]
pub fn also(field: &str) -> String {
    let aliases = words::aliases(field);
    if aliases.is_empty() {
        return String::new();
    }
    let each: Vec<String> = aliases.iter().map(|(alias, word)| format!("`{alias}` as `{word}`")).collect();
    format!(" Read besides: {}.", each.join(", "))
}

/// The 18-part code of a reading type.
#[must_use]
pub fn reading_type_code() -> Value {
    json!({"type": "string", "pattern": r"^((0|[1-9][0-9]{0,4})\.){15}(0|-?[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){2}$"})
}

/// The 4-part code of an event or a control.
#[must_use]
pub fn four_part_code() -> Value {
    json!({"type": "string", "pattern": r"^(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){3}$"})
}

/// The 3-part code of a quality.
#[must_use]
pub fn quality_code() -> Value {
    json!({"type": "string", "pattern": r"^(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){2}$"})
}

/// Any of these.
#[must_use]
pub fn any_of(choices: impl IntoIterator<Item = Value>) -> Value {
    json!({"anyOf": choices.into_iter().collect::<Vec<_>>()})
}

/// The name of a broken rule. The list grows, so it is told and not enforced.
pub(crate) fn violation_code() -> Value {
    let codes: Vec<&str> = ViolationCode::ALL.iter().map(|code| code.as_str()).collect();
    json!({"type": "string", "x-extensible-enum": codes})
}

/// The message of a list, which is sent.
pub(crate) fn message(name: &str, list_name: &'static str, item: &str, limits: &Limits, example: Value) -> Object {
    let meaning = "In their order; an answer points to one by its place.";
    Object {
        name: name.to_owned(),
        meaning: format!("`{list_name}` and nothing beside it."),
        way: Way::Sent,
        fields: vec![required(list_name, list(reference(item), Some(limits.items)), meaning)],
        example: json!({list_name: [example]}),
    }
}

/// A page of a list, which is answered.
pub(crate) fn page(name: &str, list_name: &'static str, item: &str, example: Value) -> Object {
    let next = "The cursor of the page that follows; `null` where there is none.";
    Object {
        name: name.to_owned(),
        meaning: format!("A page of `{list_name}`."),
        way: Way::Answered,
        fields: vec![
            required(list_name, list(reference(item), None), "Those found, in the order that the endpoint tells."),
            required("next", json!({"type": ["string", "null"]}), next),
        ],
        example: json!({list_name: [example], "next": null}),
    }
}

#[cfg(test)]
pub(crate) mod tests;
