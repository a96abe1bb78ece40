//! The description says what the server does: its routes, parameters, statuses, roles and bounds.

use std::collections::{BTreeMap, BTreeSet};

use metering_model::Role;

use super::*;
use crate::endpoints::openapi::{all, description, newest_of};
use crate::middleware::RECORDED_NAMES;
use crate::openapi::{Operation, as_3_0};
use crate::problem::Kind;

fn described() -> Value {
    description(&Config::default())
}

/// The path with something in the place of what stands in braces.
fn filled(path: &str) -> String {
    match path.split_once('{') {
        Some((before, rest)) => format!("{before}nothing{}", rest.split_once('}').unwrap().1),
        None => path.to_owned(),
    }
}

fn request(operation: &Operation, path: &str, token: &str) -> TestRequest {
    let method: Method = operation.method.to_ascii_uppercase().parse().unwrap();
    let request = TestRequest::with_uri(path)
        .method(method)
        .insert_header(("Authorization", format!("Bearer {token}")))
        .insert_header(("If-Match", "\"1\""));
    if operation.brings.is_some() {
        request.insert_header(("Content-Type", "application/json")).set_payload("{}")
    } else if let Some((kind, _)) = operation.texts.first() {
        // Its problems are told as those of the others.
        let request = request.insert_header(("Content-Type", *kind)).insert_header(("Accept", "application/json"));
        request.set_payload("<nothing/>")
    } else {
        request
    }
}

/// With `METERING_TEST_REWRITE` set the document is written instead.
#[test]
fn the_document_is_the_description() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let now = serde_json::to_string_pretty(&newest_of(&Config::default())).unwrap() + "\n";
    if std::env::var_os("METERING_TEST_REWRITE").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let before = std::fs::read_to_string(path).unwrap();
    let line = now.lines().zip(before.lines()).position(|(now, before)| now != before);
    assert!(
        now == before,
        "docs/openapi.json is another from line {line:?}; look at what changed, and run this test with METERING_TEST_REWRITE=1"
    );
}

#[actix_web::test]
async fn both_spellings_are_open_to_everybody() {
    let server = Server::with(Config { contact: "desk@example.org".into(), ..Config::default() });
    let app = init_service(app(server.state.clone())).await;
    for (path, version) in [("/openapi.json", "3.1.1"), ("/openapi-3.0.json", "3.0.4")] {
        let told = send!(app, TestRequest::get().uri(path)).expect(200);
        assert_eq!(told["openapi"], version);
        assert_eq!(told["info"]["version"], "2.3.0");
        assert_eq!(told["info"]["contact"], json!({"email": "desk@example.org"}));
        assert_eq!(send!(app, TestRequest::with_uri(path).method(Method::HEAD)).status, 200);
    }
}

#[actix_web::test]
async fn every_route_is_described_and_every_described_one_is_there() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let mut methods: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for operation in all() {
        let of_path = methods.entry(operation.path.clone()).or_default();
        assert!(of_path.insert(operation.method.to_ascii_uppercase()), "{}", operation.id);
        if operation.method == "get" {
            of_path.insert("HEAD".to_owned());
        }
    }
    for (path, methods) in &methods {
        let told = send!(app, get(&filled(path)).method(Method::PATCH));
        told.problem(405, "method-not-allowed");
        let allowed: BTreeSet<String> = told.header("allow").unwrap().split(", ").map(str::to_owned).collect();
        assert_eq!(&allowed, methods, "{path}");
    }
    // The library tells its table of routes to nobody but those who debug it.
    let response = call_service(&app, get("/health").to_request()).await;
    let routes = format!("{:?}", response.request().resource_map());
    let found: BTreeSet<String> =
        routes.split("Single(\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect();
    let told: BTreeSet<String> = methods.into_keys().collect();
    assert_eq!(found.into_iter().filter(|it| !it.is_empty()).collect::<BTreeSet<_>>(), told, "{routes}");
}

#[actix_web::test]
async fn an_endpoint_takes_the_parameters_it_is_described_with() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    for operation in all().iter().filter(|it| it.problems().contains(&Kind::Invalid)) {
        let path = format!("{}?colour=red", filled(&operation.path));
        let told = send!(app, request(operation, &path, &token("viewer,operator,engineer,head-end"))).expect(422);
        let detail = told["errors"][0]["detail"].as_str().unwrap();
        let names = detail.rsplit_once('(').unwrap().1.trim_end_matches(')');
        let names = names.strip_prefix("there are ").unwrap();
        let taken: Vec<&str> = if names == "none here" { Vec::new() } else { names.split(", ").collect() };
        let described: Vec<&str> = operation.query.iter().map(|it| it.name).collect();
        assert_eq!(taken, described, "{}", operation.id);
        for name in described {
            assert!(RECORDED_NAMES.contains(&name), "{name} is not recorded");
        }
    }
}

#[actix_web::test]
async fn each_role_may_call_what_is_described_for_it() {
    let server = Server::new();
    let app = init_service(app(server.state.clone())).await;
    let document = described();
    for operation in all().iter().filter(|it| !it.needs.is_empty()) {
        let about = document["paths"][&operation.path][operation.method]["description"].as_str().unwrap();
        let (_, named) = about.rsplit_once("Needs one of the roles ").unwrap();
        for role in Role::ALL {
            let status = send!(app, request(operation, &filled(&operation.path), &token(role.as_str()))).status;
            let may = named.contains(&format!("`{role}`"));
            assert_eq!(status != 403, may, "{} as {role}: {status}", operation.id);
        }
    }
    for operation in all().iter().filter(|it| it.needs.is_empty()) {
        let status = send!(app, TestRequest::with_uri(&filled(&operation.path))).status;
        assert_ne!(status, 401, "{}", operation.id);
    }
}

#[test]
fn every_status_is_one_of_the_table_of_problems() {
    let document = described();
    let mut used = BTreeSet::new();
    for operation in all() {
        let responses = &document["paths"][&operation.path][operation.method]["responses"];
        for (status, response) in responses.as_object().unwrap() {
            let status: u16 = status.parse().unwrap();
            let response = match response["$ref"].as_str() {
                Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
                // What takes texts tells its refusals in these too, beside the problem.
                None if status >= 400 => response,
                None => continue,
            };
            for slug in response["content"]["application/problem+json"]["examples"].as_object().unwrap().keys() {
                let kind = Kind::of_slug(slug).unwrap();
                assert_eq!(kind.row().status, status, "{} {slug}", operation.id);
                used.insert(slug.clone());
            }
        }
    }
    let all: BTreeSet<String> = Kind::ALL.iter().map(|kind| kind.row().slug.to_owned()).collect();
    // That of a method that is not described.
    assert_eq!(all.difference(&used).collect::<Vec<_>>(), ["method-not-allowed"]);
}

#[test]
fn every_link_leads_to_an_operation_and_its_parameters() {
    let operations = all();
    for link in operations.iter().flat_map(|it| &it.answers).flat_map(|it| &it.links) {
        let to = operations.iter().find(|it| it.id == link.operation).unwrap_or_else(|| panic!("{}", link.operation));
        for (name, _) in &link.parameters {
            let there = to.path.contains(&format!("{{{name}}}"))
                || to.query.iter().any(|it| it.name == *name)
                || to.headers.iter().any(|it| it.name() == *name);
            assert!(there, "{}: {name}", link.operation);
        }
    }
    let ids: BTreeSet<&str> = operations.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), operations.len());
}

#[test]
fn every_list_of_words_is_used_under_its_name() {
    let text = newest_of(&Config::default()).to_string();
    for list in metering_messages::json::schema::word_lists() {
        assert!(text.contains(&format!("\"$ref\":\"#/components/schemas/{}\"", list.name)), "{}", list.name);
    }
    assert!(!described()["components"]["schemas"].to_string().contains("/ControlStatus\""));
}

#[test]
fn the_older_spelling_has_no_newer_word() {
    let text = as_3_0(described()).to_string();
    for newer in ["\"null\"", "\"propertyNames\"", "\"examples\":[", "\"identifier\""] {
        assert!(!text.contains(newer), "{newer}");
    }
}

/// Where a bound of a schema is broken, the field is named; where it is just kept, it is not.
#[actix_web::test]
async fn bounds_are_those_of_the_rules() {
    let server = Server::with(Config { quota: 10_000, ..Config::default() });
    let app = init_service(app(server.state.clone())).await;
    let document = described();
    let mut probes = Vec::new();
    for (path, name) in [
        ("/meter-readings", "Reading"),
        ("/end-device-controls", "EndDeviceControl"),
        ("/end-device-events", "EndDeviceEvent"),
        ("/end-device-config", "EndDevice"),
        ("/meter-config", "Meter"),
        ("/usage-point-config", "UsagePoint"),
        ("/com-module-config", "ComModule"),
    ] {
        let schema = &document["components"]["schemas"][name];
        let mut example = example_of(&document, schema);
        // Where words and a code are given, what contradicts is told, and not what is out of bounds.
        if name == "Reading" {
            example.as_object_mut().unwrap().remove("readingTypeCode");
        }
        let mut bounds = Bounds { document: &document, example, probes: Vec::new() };
        bounds.fields(schema, "");
        probes.extend(bounds.probes.into_iter().map(|probe| (path, probe)));
    }
    assert!(probes.len() > 200, "{}", probes.len());
    for (path, Probe { at, body, good, what }) in probes {
        let told = send!(app, post(path, body.to_string()).insert_header(("Prefer", "handling=strict")));
        let errors = told.json()["errors"].as_array().cloned().unwrap_or_default();
        let pointer = format!("#{at}");
        let named = errors.iter().any(|error| {
            let found = error["pointer"].as_str().unwrap();
            // Words about the field as such, not about what it means beside others.
            let shape =
                ["invalid-text", "invalid-id", "out-of-range", "too-many", "invalid-number", "no-such-multiplier"];
            (found == pointer || found.starts_with(&format!("{pointer}/")))
                && shape.contains(&error["code"].as_str().unwrap())
                || found == pointer && error["code"] == "too-many-digits"
        });
        assert_eq!(named, !good, "{path} {at} {what}: {}", told.text);
    }
}

/// An object with all of its fields.
fn example_of(document: &Value, schema: &Value) -> Value {
    let object = |it: &Value| {
        let reference = it["$ref"].as_str()?.strip_prefix('#')?;
        Some(example_of(document, document.pointer(reference)?))
    };
    let of_field = |field: &Value| {
        let choices = field["anyOf"].as_array().map_or(std::slice::from_ref(field), Vec::as_slice);
        let found = choices.iter().find_map(|it| object(it).or_else(|| Some(json!([object(&it["items"])?]))));
        found.unwrap_or_else(|| field["examples"][0].clone())
    };
    let fields = schema["properties"].as_object().unwrap().iter();
    fields.map(|(name, field)| (name.clone(), of_field(field))).collect::<serde_json::Map<_, _>>().into()
}

struct Probe {
    at: String,
    body: Value,
    good: bool,
    what: String,
}

struct Bounds<'d> {
    document: &'d Value,
    example: Value,
    probes: Vec<Probe>,
}

impl Bounds<'_> {
    fn fields(&mut self, schema: &Value, at: &str) {
        for (name, field) in schema["properties"].as_object().unwrap() {
            let at = format!("{at}/{name}");
            let choices = field["anyOf"].as_array().cloned().unwrap_or_else(|| vec![field.clone()]);
            for choice in &choices {
                self.choice(choice, &at);
            }
        }
    }

    fn choice(&mut self, schema: &Value, at: &str) {
        if let Some(reference) = schema["$ref"].as_str() {
            let document = self.document;
            self.fields(document.pointer(reference.strip_prefix('#').unwrap()).unwrap(), at);
        }
        let text = |count: u64| Value::from("x".repeat(usize::try_from(count).unwrap()));
        let plain = !schema["pattern"].as_str().is_some_and(|it| it.starts_with("^[A-Za-z]"));
        if let Some(most) = schema["maxLength"].as_u64().filter(|_| plain) {
            self.probe(at, text(most), true);
            self.probe(at, text(most + 1), false);
        }
        if schema["minLength"] == 1 {
            self.probe(at, "".into(), false);
        }
        let pattern = schema["pattern"].as_str().unwrap_or_default();
        if pattern.starts_with("^[^") {
            self.probe(at, "a\u{7f}b".into(), false);
            self.probe(at, "a\nb".into(), !pattern.contains("u001F-") && pattern.contains("000B"));
        }
        for (bound, step) in [("minimum", -1), ("maximum", 1)] {
            if let Some(last) = schema[bound].as_i64().filter(|it| it.unsigned_abs() < 1 << 40) {
                self.probe(at, (last + step).into(), false);
            }
        }
        for bound in ["exclusiveMinimum", "exclusiveMaximum"] {
            if !schema[bound].is_null() {
                self.probe(at, schema[bound].clone(), false);
            }
        }
        if let (Some(most), Some(entry)) =
            (schema["maxItems"].as_u64(), self.example.pointer(at).and_then(|it| it.get(0)).cloned())
        {
            self.probe(at, vec![entry; usize::try_from(most + 1).unwrap()].into(), false);
            if schema["items"]["$ref"].is_string() {
                self.choice(&schema["items"], &format!("{at}/0"));
            }
        }
    }

    fn probe(&mut self, at: &str, value: Value, good: bool) {
        let mut what = value.to_string();
        what.truncate(40);
        let mut body = self.example.clone();
        let Some(place) = body.pointer_mut(at) else { return };
        *place = value;
        self.probes.push(Probe { at: at.to_owned(), body, good, what });
    }
}
