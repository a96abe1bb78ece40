//! The whole description, put together from the operations and the schemas.

use std::collections::BTreeSet;

use metering_messages::json::schema::{self, Schemas};
use metering_model::Role;
use serde_json::{Map, Value, json};

use super::{API_VERSION, Answer, Brings, Content, Header, InXml, Operation, Tag};
use crate::parameters::Parameter;
use crate::problem::Kind;

const ABOUT: &str = include_str!("about.md");

/// The description in OpenAPI 3.1. Whom to ask about the server is `contact`: an e-mail address,
/// a web address or a name.
pub(crate) fn document(operations: &[Operation], schemas: Schemas, contact: &str) -> Value {
    let mut paths = Map::new();
    let mut refusals = BTreeSet::new();
    for operation in operations {
        let path = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        path[operation.method] = of_operation(operation, &mut refusals);
    }
    let responses: Map<String, Value> = refusals.iter().map(|kinds| (response_name(kinds), refusal(kinds))).collect();
    let mut info = json!({
        "title": "Metering data exchange",
        "version": API_VERSION,
        "summary": "Meter readings, events and controls after IEC 61968-9.",
        "description": ABOUT,
        "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
    });
    if !contact.is_empty() {
        info["contact"] = match contact {
            web if web.contains("://") => json!({"url": web}),
            mail if mail.contains('@') => json!({"email": mail}),
            name => json!({"name": name}),
        };
    }
    let tags = Tag::ALL.iter().map(|(tag, about)| json!({"name": tag.name(), "description": about}));
    json!({
        "openapi": "3.1.1",
        "info": info,
        "servers": [{"url": "/", "description": "This server."}],
        "tags": tags.collect::<Vec<_>>(),
        "security": [{"bearer": []}, {"apiKey": []}, {"basic": []}],
        "paths": paths,
        "components": {
            "securitySchemes": security_schemes(),
            "headers": headers(),
            "responses": responses,
            "schemas": schemas.into_map(),
        },
    })
}

fn security_schemes() -> Value {
    json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "A token signed with HS256 or RS256, with `sub`, `organisation`, `roles`, `iss`, `aud` and `exp`; \
                            with `meters` or `usagePoints` for the readings of these alone.",
        },
        "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A key of this server."},
        "basic": {
            "type": "http",
            "scheme": "basic",
            "description": "A key's id and the key, for consoles that cannot set headers.",
        },
    })
}

/// The headers of answers by their keys; a redirect's differs from that of what was made.
fn headers() -> Map<String, Value> {
    let described = |header: &Header| {
        json!({
            "description": header.meaning(),
            "required": header.required(),
            "schema": header.schema(),
            "example": header.example(),
        })
    };
    Header::OF_ANSWERS.iter().map(|header| (format!("{header:?}"), described(header))).collect()
}

fn header_references(headers: &[Header]) -> Map<String, Value> {
    let reference = |header: &Header| json!({"$ref": format!("#/components/headers/{header:?}")});
    headers.iter().map(|header| (header.name().to_owned(), reference(header))).collect()
}

/// What has a schema of its own in every notation that bodies are read and answers written in.
fn notations(schema: &Value, in_xml: Option<String>) -> Map<String, Value> {
    let json = ("application/json".to_owned(), json!({"schema": schema}));
    let xml = in_xml
        .map(|meaning| ("application/xml".to_owned(), json!({"schema": {"type": "string", "description": meaning}})));
    Map::from_iter([json].into_iter().chain(xml))
}

/// What an answer is in XML.
fn in_xml() -> Option<String> {
    let meaning = format!(
        "The same members as elements, in the namespace `{}`. With the namespace of the standard's message as the \
         `profile` of the range in `Accept`, messages are that message; `Omitted-Fields` names what it has no place for.",
        metering_messages::xml::OWN
    );
    Some(meaning)
}

fn of_operation(operation: &Operation, refusals: &mut BTreeSet<Vec<&'static str>>) -> Value {
    let mut about = operation.about.to_string();
    if !operation.needs.is_empty() {
        let allowing = Role::ALL.iter().filter(|role| role.permissions().iter().any(|it| operation.needs.contains(it)));
        let roles: Vec<String> = allowing.map(|role| format!("`{}`", role.as_str())).collect();
        let space = if about.is_empty() { "" } else { "\n\n" };
        about.push_str(&format!("{space}Needs one of the roles {}.", roles.join(", ")));
    }
    let mut parameters: Vec<Value> = operation.segment.into_iter().map(|it| segment(operation, it)).collect();
    parameters.extend(operation.query.iter().map(query_parameter));
    parameters.extend(operation.headers.iter().map(header_parameter));
    let mut told = json!({
        "operationId": operation.id,
        "tags": [operation.tag.name()],
        "summary": operation.summary,
        "description": about,
    });
    if operation.needs.is_empty() {
        told["security"] = json!([]);
    }
    if !parameters.is_empty() {
        told["parameters"] = parameters.into();
    }
    if let Some(brings) = &operation.brings {
        told["requestBody"] = request_body(brings);
    }
    if !operation.texts.is_empty() {
        let text = |(kind, meaning): &(&str, &str)| {
            ((*kind).to_owned(), json!({"schema": {"type": "string", "description": meaning}}))
        };
        let content: Map<String, Value> = operation.texts.iter().map(text).collect();
        told["requestBody"] = json!({"required": true, "content": content});
    }
    let mut responses: Map<String, Value> =
        operation.answers.iter().map(|answer| (answer.status.to_string(), response(operation, answer))).collect();
    let problems = operation.problems();
    let statuses: BTreeSet<u16> = problems.iter().map(|kind| kind.row().status).collect();
    for status in statuses {
        let slugs: Vec<&str> =
            problems.iter().map(|kind| kind.row()).filter(|row| row.status == status).map(|row| row.slug).collect();
        let told = if operation.texts.is_empty() {
            let reference = format!("#/components/responses/{}", response_name(&slugs));
            refusals.insert(slugs);
            json!({"$ref": reference})
        } else {
            // What is refused of such a text is told in its own notation; all else is a problem.
            let mut told = refusal(&slugs);
            for (kind, _) in operation.texts {
                told["content"][*kind] = json!({"schema": schema::text()});
            }
            told
        };
        responses.insert(status.to_string(), told);
    }
    told["responses"] = responses.into();
    told
}

fn segment(operation: &Operation, (meaning, example): (&str, &str)) -> Value {
    let name = operation.path.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(name, _)| name);
    json!({
        "name": name,
        "in": "path",
        "required": true,
        "description": meaning,
        "schema": super::segment_schema(),
        "example": example,
    })
}

fn query_parameter(parameter: &Parameter) -> Value {
    let Parameter { name, repeats, schema, example, meaning } = *parameter;
    let schema = schema();
    let example = match schema["type"].as_str() {
        Some("integer") => example.parse::<i64>().map_or(Value::Null, Value::from),
        Some("boolean") => (example == "true").into(),
        _ => Value::from(example),
    };
    let mut told = json!({"name": name, "in": "query", "description": meaning});
    if repeats {
        told["schema"] = json!({"type": "array", "items": schema});
        told["example"] = json!([example]);
    } else {
        told["schema"] = schema;
        told["example"] = example;
    }
    told
}

fn header_parameter(header: &Header) -> Value {
    let mut told = json!({
        "name": header.name(),
        "in": "header",
        "description": header.meaning(),
        "schema": header.schema(),
        "example": header.example(),
    });
    if header.required() {
        told["required"] = true.into();
    }
    told
}

fn request_body(brings: &Brings) -> Value {
    let schemas: Vec<Value> = brings.any_of.iter().map(|name| schema::reference(name)).collect();
    let schema = if let [one] = schemas.as_slice() { one.clone() } else { schema::any_of(schemas) };
    let in_xml = match brings.in_xml {
        InXml::Message(noun) => format!("The message `{noun}` of IEC 61968-9, in the namespace of its Edition 2."),
        InXml::Own(root) => {
            format!("`{root}` with the same members as elements, in the namespace `{}`.", metering_messages::xml::OWN)
        }
    };
    let mut content = notations(&schema, Some(in_xml));
    let example = |(name, summary, value): &(&str, &str, Value)| {
        ((*name).to_owned(), json!({"summary": summary, "value": value}))
    };
    content["application/json"]["examples"] = brings.examples.iter().map(example).collect::<Map<_, _>>().into();
    json!({"description": brings.meaning, "required": brings.required, "content": content})
}

fn response(operation: &Operation, answer: &Answer) -> Value {
    let mut headers = vec![Header::RequestId];
    if !operation.needs.is_empty() {
        headers.extend([Header::RateLimitPolicy, Header::RateLimit]);
    }
    headers.extend_from_slice(&answer.headers);
    if operation.method == "get" && matches!(answer.content, Content::Message(_) | Content::AnyMessage(_)) {
        headers.push(Header::OmittedFields);
    }
    let mut told = json!({"description": answer.meaning, "headers": header_references(&headers)});
    match &answer.content {
        Content::None => {}
        Content::Message(name) => told["content"] = notations(&schema::reference(name), in_xml()).into(),
        Content::AnyMessage(names) => {
            let schemas = names.iter().map(|name| schema::reference(name));
            told["content"] = notations(&schema::any_of(schemas), in_xml()).into();
        }
        Content::Explanation(schema) => {
            let mut all = notations(schema, in_xml());
            all.insert("text/html".to_owned(), json!({"schema": schema::text()}));
            told["content"] = all.into();
        }
        Content::Json(schema) => told["content"] = json!({"application/json": {"schema": schema}}),
        Content::Texts(kinds) => {
            let all = kinds.iter().map(|kind| ((*kind).to_owned(), json!({"schema": schema::text()})));
            told["content"] = all.collect::<Map<_, _>>().into();
        }
        Content::Text(kind) => told["content"] = json!({*kind: {"schema": schema::text()}}),
    }
    if !answer.links.is_empty() {
        let link = |it: &super::Link| {
            let parameters: Map<String, Value> =
                it.parameters.iter().map(|(name, at)| ((*name).to_owned(), at.as_str().into())).collect();
            (it.name.to_owned(), json!({"operationId": it.operation, "parameters": parameters}))
        };
        told["links"] = answer.links.iter().map(link).collect::<Map<_, _>>().into();
    }
    told
}

/// What a refusal by these kinds, which share a status, is called.
fn response_name(slugs: &[&str]) -> String {
    let word = |slug: &str| slug.split('-').map(|part| part[..1].to_ascii_uppercase() + &part[1..]).collect::<String>();
    slugs.iter().map(|slug| word(slug)).collect::<Vec<_>>().join("Or")
}

/// A refusal by kinds that share a status, with one example of each.
fn refusal(slugs: &[&str]) -> Value {
    let kinds: Vec<Kind> = slugs.iter().filter_map(|slug| Kind::of_slug(slug)).collect();
    let mut headers = vec![Header::RequestId];
    for kind in &kinds {
        headers.extend_from_slice(match kind {
            Kind::Unauthenticated => &[Header::Authenticate],
            Kind::QuotaExceeded => &[Header::RetryAfter, Header::RateLimitPolicy, Header::RateLimit],
            Kind::Unavailable => &[Header::RetryAfter],
            _ => &[],
        });
    }
    let told: Vec<String> =
        kinds.iter().map(|kind| format!("{}. {}", kind.row().title, kind.row().explanation)).collect();
    let examples: Map<String, Value> = kinds
        .iter()
        .map(|kind| {
            let row = kind.row();
            let value = json!({
                "type": kind.path(),
                "title": row.title,
                "status": row.status,
                "requestId": "0193f0c2-0000-7000-8000-000000000001",
            });
            (row.slug.to_owned(), json!({"value": value}))
        })
        .collect();
    json!({
        "description": told.join("\n\n"),
        "headers": header_references(&headers),
        "content": {
            "application/problem+json": {"schema": schema::reference("Problem"), "examples": examples},
            "application/problem+xml": {
                "schema": {"type": "string", "description": "The same as elements, as RFC 9457 has them in XML."},
            },
        },
    })
}
