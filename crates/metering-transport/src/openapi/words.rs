//! Each list of words once, under a name: whoever makes types of the description makes one of it.

use metering_messages::json::schema::{reference, word_lists};
use serde_json::{Map, Value, json};

/// The same description, in which every list of words is told once and referred to.
pub(crate) fn with_named_words(mut description: Value) -> Value {
    let lists = word_lists();
    refer(&mut description, &lists);
    let schemas = description.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    if let Some(schemas) = schemas {
        schemas.extend(lists.into_iter().map(|list| {
            let told = json!({"type": "string", "description": list.meaning, "enum": list.words});
            (list.name, told)
        }));
    }
    description
}

fn refer(value: &mut Value, lists: &[metering_messages::json::schema::WordList]) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(|it| refer(it, lists)),
        Value::Object(members) => {
            if let Some(list) = lists.iter().find(|list| is_list(members, &list.words)) {
                members.remove("type");
                members.remove("enum");
                members.insert("$ref".to_owned(), reference(&list.name)["$ref"].take());
            }
            members.values_mut().for_each(|it| refer(it, lists));
        }
        _ => {}
    }
}

fn is_list(members: &Map<String, Value>, words: &[&str]) -> bool {
    members.get("enum").and_then(Value::as_array).is_some_and(|it| it.iter().eq(words.iter()))
}

#[cfg(test)]
mod tests {
    use metering_model::words::PRIORITY_WORDS;

    use super::*;

    #[test]
    fn a_list_is_told_once_and_referred_to_with_what_is_said_beside_it() {
        let description = json!({
            "components": {"schemas": {"A": {"properties": {
                "priority": {"type": "string", "enum": PRIORITY_WORDS, "description": "How urgent."},
                "own": {"type": "string", "enum": ["a"]},
            }}}},
        });
        let named = with_named_words(description);
        let schemas = &named["components"]["schemas"];
        let expected = json!({"$ref": "#/components/schemas/Priority", "description": "How urgent."});
        assert_eq!(schemas["A"]["properties"]["priority"], expected);
        assert_eq!(schemas["A"]["properties"]["own"]["enum"], json!(["a"]));
        assert_eq!(schemas["Priority"]["enum"], json!(PRIORITY_WORDS));
    }
}
