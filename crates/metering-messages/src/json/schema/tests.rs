//! What a schema takes and what its reader takes are one.

use std::collections::BTreeSet;

use metering_model::{Violation, ViolationCode};
use serde_json::{Map, Value, json};

use super::Schemas;
use crate::{Limits, Malformed};

fn all() -> Map<String, Value> {
    Schemas::of_messages(&Limits::default()).into_map()
}

/// The names of an object's fields.
pub(crate) fn properties(object: &str) -> Vec<String> {
    let schemas = all();
    schemas[object]["properties"].as_object().unwrap().keys().cloned().collect()
}

/// Fails unless the schema has the names of the reader's table, but for those in `besides`.
pub(crate) fn same_names(schema: &[String], table: &[&str], besides: &[&str]) {
    let of_schema: BTreeSet<&str> = schema.iter().map(String::as_str).collect();
    let of_table: BTreeSet<&str> = table.iter().copied().filter(|name| !besides.contains(name)).collect();
    assert_eq!(of_schema, of_table);
}

/// Fails unless the schema `object` and the reader of the list `list` agree about every field of
/// `example`: which must be there, and values of every kind. Of those in `instead` another field
/// can stand in the place.
pub(crate) fn holds(
    object: &str,
    list: &str,
    example: &Value,
    instead: &[&str],
    read: impl Fn(&[u8]) -> Result<Vec<Violation>, Malformed>,
) {
    let schemas = all();
    let told = |item: &Value| read(json!({list: [item]}).to_string().as_bytes()).unwrap();
    let schema = &schemas[object];
    assert_eq!(told(example), [], "{object}: the reader refuses the example");
    assert_ne!(takes(&schemas, schema, example), Some(false), "{object}: the schema refuses the example");
    assert_eq!(schema["additionalProperties"], false, "{object}");
    assert_eq!(schema["minProperties"], 1, "{object}");
    assert!(read(b"{}").is_err(), "{object}: an empty message is none");
    let mut unknown = example.clone();
    unknown["colour"] = json!("red");
    assert!(is_wrong(&told(&unknown), "colour"), "{object}: the reader takes an unknown field");
    let compare = Compare { schemas: &schemas, example, told: &told, instead };
    compare.fields(object, schema, "");
}

/// Fails unless what is written is one of these objects, with every field that is always there and
/// none that is not described.
#[track_caller]
pub(crate) fn is_one_of(objects: &[&str], written: &str) {
    let schemas = all();
    let written: Value = serde_json::from_str(written).unwrap();
    let fits = objects.iter().any(|name| takes(&schemas, &schemas[*name], &written) != Some(false));
    assert!(fits, "no {objects:?}: {written}");
}

struct Compare<'a> {
    schemas: &'a Map<String, Value>,
    example: &'a Value,
    told: &'a dyn Fn(&Value) -> Vec<Violation>,
    instead: &'a [&'a str],
}

impl Compare<'_> {
    /// Every field of the object that the example has at `at`.
    fn fields(&self, object: &str, schema: &Value, at: &str) {
        let there = self.example.pointer(at).unwrap();
        for (name, field) in schema["properties"].as_object().unwrap() {
            let at = format!("{at}/{name}");
            let named = format!("{object}.{name}");
            let own = there.get(name).unwrap_or_else(|| panic!("{named}: the example has no such field"));
            assert!(field["description"].as_str().is_some_and(|it| it.len() > 3), "{named}: what does it mean?");
            let required = schema["required"].as_array().is_some_and(|it| it.iter().any(|it| it == name));
            let mut without = self.example.clone();
            let parent = without.pointer_mut(at.rsplit_once('/').unwrap().0).unwrap();
            parent.as_object_mut().unwrap().remove(name);
            assert_eq!(is_wrong(&(self.told)(&without), &at[1..]), required, "{named}: must it be there?");
            for value in values(field).chain([own.clone()]) {
                let Some(taken) = takes(self.schemas, field, &value) else { continue };
                let mut with = self.example.clone();
                *with.pointer_mut(&at).unwrap() = value.clone();
                let violations = (self.told)(&with);
                let reads = !is_wrong(&violations, &at[1..]);
                let absent = value.is_null() && self.instead.contains(&name.as_str());
                assert!(taken == reads || absent, "{named} = {value}: schema {taken}, reader {reads}: {violations:?}");
            }
            self.within(field, own, &at);
        }
    }

    /// The objects inside a field.
    fn within(&self, field: &Value, own: &Value, at: &str) {
        for choice in choices(field) {
            if let (Some(name), true) = (choice["$ref"].as_str(), own.is_object()) {
                let name = name.rsplit('/').next().unwrap();
                self.fields(name, &self.schemas[name], at);
            } else if let (Some(entry), true) = (own.get(0), choice["items"].is_object()) {
                self.within(&choice["items"], entry, &format!("{at}/0"));
            }
        }
    }
}

/// Whether a violation of the field's shape is told; what contradicts another field is another matter.
fn is_wrong(violations: &[Violation], field: &str) -> bool {
    violations.iter().any(|it| {
        let below = it.at.field.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        below && !matches!(it.code, ViolationCode::CodeContradictsWords | ViolationCode::UnitMeasurementMismatch)
    })
}

/// Values of every kind, and the words there are.
fn values(schema: &Value) -> impl Iterator<Item = Value> {
    let words: Vec<Value> = choices(schema).iter().filter_map(|it| it["enum"].as_array()).flatten().cloned().collect();
    [
        json!(null),
        json!(true),
        json!(1),
        json!(1.5),
        json!("?"),
        json!([]),
        json!(["?"]),
        json!([null]),
        json!({}),
        json!({"?": 1}),
    ]
    .into_iter()
    .chain(words)
}

fn choices(schema: &Value) -> Vec<&Value> {
    schema["anyOf"].as_array().map_or_else(|| vec![schema], |it| it.iter().collect())
}

/// Whether the schema takes the value; `None` where a pattern or a format has the word.
fn takes(schemas: &Map<String, Value>, schema: &Value, value: &Value) -> Option<bool> {
    if let Some(name) = schema["$ref"].as_str() {
        return takes(schemas, &schemas[name.rsplit('/').next().unwrap()], value);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let each: Vec<_> = choices.iter().map(|choice| takes(schemas, choice, value)).collect();
        return if each.contains(&Some(true)) {
            Some(true)
        } else {
            each.into_iter().find(Option::is_none).unwrap_or(Some(false))
        };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |of: &Value| of == kind || (of == "number" && kind == "integer");
    let of = &schema["type"];
    if !of.as_array().map_or_else(|| fits(of), |several| several.iter().any(fits)) {
        return Some(false);
    }
    if let Some(words) = schema["enum"].as_array() {
        return Some(words.contains(value));
    }
    match value {
        Value::String(_) if schema["pattern"].is_string() || schema["format"].is_string() => None,
        Value::Array(entries) => all_of(entries.iter().map(|entry| takes(schemas, &schema["items"], entry))),
        Value::Object(members) => {
            let required = schema["required"].as_array().into_iter().flatten();
            let missing = required.filter(|name| !members.contains_key(name.as_str().unwrap())).count();
            if missing > 0 {
                return Some(false);
            }
            all_of(members.iter().map(|(name, value)| match schema["properties"].get(name) {
                Some(field) => takes(schemas, field, value),
                None if schema["additionalProperties"] == false => Some(false),
                None => takes(schemas, &schema["additionalProperties"], value),
            }))
        }
        _ => Some(true),
    }
}

fn all_of(each: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let each: Vec<_> = each.collect();
    if each.contains(&Some(false)) { Some(false) } else { each.into_iter().find(Option::is_none).unwrap_or(Some(true)) }
}

#[test]
fn every_field_says_what_it_means_and_shows_a_value() {
    let schemas = all();
    assert!(schemas.len() > 50);
    for (name, schema) in &schemas {
        assert!(schema["description"].as_str().is_some_and(|it| it.len() > 5), "{name}");
        for (field, schema) in schema["properties"].as_object().unwrap() {
            assert!(schema["description"].as_str().is_some_and(|it| it.len() > 3), "{name}.{field}");
            let example = &schema["examples"][0];
            let null = field == "next" && schema["examples"].is_array();
            assert!(!example.is_null() || null || super::refers(schema), "{name}.{field} has no example");
            if !example.is_null() {
                assert_ne!(takes(&schemas, schema, example), Some(false), "{name}.{field}: {example}");
            }
        }
    }
}

/// A receipt and a problem, with places of every kind, hold nothing that their schemas do not tell.
#[test]
fn receipts_and_problems_are_described_member_by_member() {
    use metering_model::{Counts, Receipt, Sha256, TimeStamp, Violation, ViolationCode};

    use crate::json::problem::{ProblemBody, ProblemError, ProblemPlace};

    let schemas = all();
    let described = |name: &str, value: &Value| {
        for member in value.as_object().unwrap().keys() {
            assert!(schemas[name]["properties"].get(member).is_some(), "{name} does not tell of `{member}`");
        }
    };
    for list in ["readings", "MeterReadings", ""] {
        let violation = || vec![Violation::new(0, "value", ViolationCode::Missing, "missing")];
        let receipt = Receipt {
            id: "r".into(),
            list: list.into(),
            sha256: Sha256([0; 32]),
            received_at: TimeStamp::EPOCH,
            recorded_at: TimeStamp::EPOCH,
            counts: Counts::default(),
            errors: violation(),
            warnings: violation(),
        };
        let mut out = Vec::new();
        crate::json::receipt::write_whole(&receipt, &mut out);
        let written: Value = serde_json::from_slice(&out).unwrap();
        described("Receipt", &written);
        described("Counts", &written["counts"]);
        described("Violation", &written["errors"][0]);
        described("Violation", &written["warnings"][0]);
    }
    let place = String::new;
    for at in [
        ProblemPlace::Pointer(place()),
        ProblemPlace::XPath(place()),
        ProblemPlace::Parameter(place()),
        ProblemPlace::Header(place()),
    ] {
        let errors = vec![ProblemError { at, code: place(), detail: place() }];
        let text = || Some(place());
        let problem = ProblemBody {
            errors,
            errors_total: Some(2),
            detail: text(),
            instance: text(),
            request_id: text(),
            ..ProblemBody::default()
        };
        let mut out = Vec::new();
        crate::json::problem::write(&problem, &mut out);
        let written: Value = serde_json::from_slice(&out).unwrap();
        described("Problem", &written);
        described("ProblemError", &written["errors"][0]);
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let schemas = all();
    let text = Value::Object(schemas.clone()).to_string();
    let references: BTreeSet<&str> = text
        .match_indices("#/components/schemas/")
        .map(|(at, it)| text[at + it.len()..].split('"').next().unwrap())
        .collect();
    for name in references {
        assert!(schemas.contains_key(name), "{name}");
    }
}
