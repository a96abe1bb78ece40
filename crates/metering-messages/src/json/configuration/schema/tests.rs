use metering_model::ConfigurationKind;

use super::super::classes::{ComModuleFields, EndDeviceFields, MeterFields, UsagePointFields};
use super::super::read;
use super::*;
use crate::json::fields::Fields;
use crate::json::schema::tests::{holds, properties, same_names};

const SERVER_OWNED: &[&str] = &["id", "status", "revision", "recordedAt"];

fn one<'a, F: Fields<'a>>(name: &str, kind: ConfigurationKind) {
    let read = |body: &[u8]| read(kind, body, &Limits::default()).map(|it| it.violations);
    same_names(&properties(name), F::NAMES, SERVER_OWNED);
    same_names(&properties(&format!("{name}Replacement")), F::NAMES, &[]);
    same_names(&properties(&format!("Recorded{name}")), F::NAMES, &["installCode"]);
    holds(name, kind.list(), &example::of(name), &[], read);
}

#[test]
fn schema_and_reader_are_one() {
    one::<EndDeviceFields<'_>>("EndDevice", ConfigurationKind::EndDevice);
    one::<MeterFields<'_>>("Meter", ConfigurationKind::Meter);
    one::<UsagePointFields<'_>>("UsagePoint", ConfigurationKind::UsagePoint);
    one::<ComModuleFields<'_>>("ComModule", ConfigurationKind::ComModule);
}

#[test]
fn no_answer_has_a_secret() {
    let schemas = Schemas::of_messages(&Limits::default()).into_map();
    for (name, schema) in schemas.iter().filter(|(name, _)| name.starts_with("Recorded")) {
        for secret in ["password", "programID", "installCode"] {
            assert!(schema["properties"].get(secret).is_none(), "{name}.{secret}");
        }
    }
}

/// docs/api.md has a row for each field, in the words of the description.
#[test]
fn the_document_says_the_same_of_every_field() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md");
    let text = std::fs::read_to_string(path).unwrap();
    let schemas = Schemas::of_messages(&Limits::default()).into_map();
    let mut found = 0;
    for class in schemas.keys().filter_map(|name| name.strip_suffix("Replacement")).chain([
        "Name",
        "Installation",
        "Register",
        "TouTier",
        "Channel",
        "MeterMultiplier",
        "LifecycleDate",
        "ElectronicAddress",
        "EndDeviceInfo",
        "EndDeviceCapability",
        "ComFunction",
        "ConnectDisconnectFunction",
        "RemoteConnectDisconnectInfo",
    ]) {
        for (name, field) in schemas[class]["properties"].as_object().unwrap() {
            let (start, end) = (format!("| `{name}` | "), format!(" | {} |", field["description"].as_str().unwrap()));
            let there = text.lines().any(|line| line.starts_with(&start) && line.ends_with(&end));
            assert!(there, "docs/api.md has no row {start}...{end} of {class}");
            found += 1;
        }
    }
    assert!(found > 100);
}
