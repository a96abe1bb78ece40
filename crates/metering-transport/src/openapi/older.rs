//! The description for tools that read OpenAPI 3.0 and nothing newer.

use serde_json::{Map, Value, json};

/// The same description in the words of OpenAPI 3.0.
pub(crate) fn as_3_0(mut description: Value) -> Value {
    description["openapi"] = "3.0.4".into();
    if let Some(info) = description["info"].as_object_mut() {
        info.remove("summary");
        // 3.0 knows no SPDX expression.
        info.insert(
            "license".to_owned(),
            json!({"name": info["license"]["name"], "url": "https://spdx.org/licenses/"}),
        );
    }
    older(&mut description);
    description
}

/// Rewrites what schemas say in newer words, wherever they stand.
fn older(value: &mut Value) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(older),
        Value::Object(members) => {
            members.values_mut().for_each(older);
            schema(members);
        }
        _ => {}
    }
}

fn schema(members: &mut Map<String, Value>) {
    if let Some(Value::Array(examples)) = members.get("examples") {
        let first = examples.first().cloned();
        members.remove("examples");
        members.extend(first.map(|example| ("example".to_owned(), example)));
    }
    if let Some(Value::Array(kinds)) = members.get("type") {
        let kind = kinds.iter().find(|kind| *kind != "null").cloned().unwrap_or_default();
        members.insert("type".to_owned(), kind);
        members.insert("nullable".to_owned(), true.into());
    }
    if let Some(Value::Array(choices)) = members.get_mut("anyOf") {
        let before = choices.len();
        choices.retain(|choice| choice["type"] != "null");
        if choices.len() < before {
            or_null(choices);
        }
        if let [only] = choices.as_mut_slice()
            && let Value::Object(only) = only.take()
        {
            members.remove("anyOf");
            members.extend(only);
        }
    }
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(number @ Value::Number(_)) = members.get(exclusive).cloned() {
            members.insert(bound.to_owned(), number);
            members.insert(exclusive.to_owned(), true.into());
        }
    }
    members.remove("propertyNames");
    // What stands beside a reference is not looked at in 3.0.
    if members.len() > 1
        && let Some(reference @ Value::String(_)) = members.remove("$ref")
    {
        members.insert("allOf".to_owned(), json!([{"$ref": reference}]));
    }
}

/// Lets one of the choices be `null`; in 3.0 that stands beside a type.
fn or_null(choices: &mut [Value]) {
    let place = choices.iter().position(|it| it["type"].is_string() && it.get("enum").is_none()).unwrap_or(0);
    let Some(choice) = choices.get_mut(place) else { return };
    if choice.get("$ref").is_some() {
        *choice = json!({"type": "object", "allOf": [choice.take()]});
    }
    if let Some(Value::Array(words)) = choice.get_mut("enum") {
        words.push(Value::Null);
    }
    choice["nullable"] = true.into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_words_are_said_in_older_ones() {
        let description = json!({"openapi": "3.1.0", "info": {"license": {"name": "MIT", "identifier": "MIT"}}, "a": [
            {"type": ["string", "null"], "enum": ["a", null], "examples": ["a"]},
            {"anyOf": [{"$ref": "#/x"}, {"type": "null"}], "description": "d"},
            {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}, {"type": "null"}]},
            {"type": "number", "exclusiveMinimum": 0},
            {"$ref": "#/x", "description": "d"},
            {"$ref": "#/x"},
            {"examples": {"kept": {"value": 1}}},
        ]});
        let older = as_3_0(description);
        assert_eq!(older["openapi"], "3.0.4");
        assert_eq!(older["info"]["license"]["identifier"], Value::Null);
        assert_eq!(
            older["a"],
            json!([
                {"type": "string", "enum": ["a", null], "example": "a", "nullable": true},
                {"type": "object", "allOf": [{"$ref": "#/x"}], "nullable": true, "description": "d"},
                {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "nullable": true}]},
                {"type": "number", "exclusiveMinimum": true, "minimum": 0},
                {"allOf": [{"$ref": "#/x"}], "description": "d"},
                {"$ref": "#/x"},
                {"examples": {"kept": {"value": 1}}},
            ])
        );
    }
}
