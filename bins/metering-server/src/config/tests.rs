//! Files, variables and flags as an operator may write them.

use super::value::Bytes;
use super::*;
use crate::scratch::Scratch;

/// Loads from a file, variables and flags.
fn load(content: &str, variables: &[(&str, &str)], flags: &[(&str, &str)]) -> Result<Settings, String> {
    let scratch = Scratch::new();
    let file = scratch.path().join("metering.toml");
    fs::write(&file, content).unwrap();
    let values =
        flags.iter().map(|(name, text)| (format!("--{name}"), (*name).to_owned(), (*text).to_owned())).collect();
    let flags = Flags { file: Some(file.clone()), values };
    let variables = variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Settings::load(&flags, variables).map_err(|error| error.to_string().replace(&*file.to_string_lossy(), "FILE"))
}

#[test]
fn every_default_is_a_value_and_every_setting_has_a_meaning() {
    let settings = load("", &[], &[]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8443");
    assert_eq!(settings.max_inflated, Bytes(64 << 20));
    assert_eq!(settings.key_path(), Some(PathBuf::from("metering-data/server.key")));
    for setting in SETTINGS {
        assert!(setting.meaning.trim().ends_with('.'), "{}", setting.name);
        assert!(!setting.example.is_empty(), "{}", setting.name);
    }
}

#[test]
fn the_operators_guide_has_a_row_for_every_setting() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operating.md")).unwrap();
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { "none".to_owned() } else { format!("`{}`", setting.default) };
        let row = format!("| `{}` | `{}` | {default} | ", setting.name, setting.variable());
        assert!(guide.contains(&row), "this row is missing: {row}{} |", setting.meaning.trim());
    }
}

#[test]
fn flags_outweigh_variables_and_variables_outweigh_the_file() {
    let content = "rate = 1\nreaders = 1\nwaiting = 1\n";
    let variables = [("METERING_RATE", "2"), ("METERING_READERS", "2")];
    let settings = load(content, &variables, &[("rate", "3")]).unwrap();
    assert_eq!((settings.rate, settings.readers, settings.waiting, settings.max_depth), (3, 2, 1, 32));
    let origin =
        |name: &str| settings.lines().iter().find(|line| line.setting.name == name).map(|line| line.origin.to_string());
    assert_eq!(origin("rate").as_deref(), Some("--rate"));
    assert_eq!(origin("readers").as_deref(), Some("METERING_READERS"));
    assert_eq!(origin("max_depth").as_deref(), Some("default"));
}

#[test]
fn a_typo_is_named_with_the_nearest_setting() {
    assert_eq!(
        load("lisen = \"127.0.0.1:1\"", &[], &[]).unwrap_err(),
        "FILE: there is no setting `lisen`; the nearest is `listen`"
    );
    let typo = ["METERING", "DATABSE_URL"].join("_");
    assert_eq!(
        load("", &[(&typo, "x")], &[]).unwrap_err(),
        format!("there is no environment variable `{typo}`; the nearest is `METERING_DATABASE_URL`")
    );
    assert_eq!(
        load("", &[], &[("readrs", "3")]).unwrap_err(),
        "there is no setting `readrs`; the nearest is `readers`"
    );
}

#[test]
fn a_wrong_value_is_named_with_its_place_and_an_example() {
    assert_eq!(
        load("", &[("METERING_LISTEN", "8443")], &[]).unwrap_err(),
        "METERING_LISTEN must be an IP address and a port, such as `0.0.0.0:8443`; it is `8443`"
    );
    assert_eq!(
        load("max_body = \"4MB\"", &[], &[]).unwrap_err(),
        "FILE: max_body must be a number of bytes, plainly or with KiB, MiB or GiB behind it, such as `4MiB`; it \
         is `4MB`"
    );
    assert_eq!(load("rate = [1]", &[], &[]).unwrap_err(), "FILE: rate takes one value, such as `600`, no array");
}

#[test]
fn all_faults_are_told_at_once() {
    let error = load("lisen = 1\nrate = \"many\"", &[("METERING_LOG_FORMAT", "xml")], &[]).unwrap_err();
    assert_eq!(error.lines().count(), 3, "{error}");
}

#[test]
fn a_broken_file_is_named_with_the_line_but_not_shown() {
    let error = load("rate = 1\ndatabase_url = \"postgresql://u:hunter2@h/d\nlog = \"x\"", &[], &[]).unwrap_err();
    assert!(error.starts_with("FILE:2: "), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn secrets_are_masked_in_lists_errors_and_debug() {
    let url = "postgresql://metering:hunter2@db/metering";
    let settings = load("", &[("METERING_DATABASE_URL", url), ("METERING_KEY", "hunter2")], &[]).unwrap();
    let shown: String = settings.lines().iter().map(|line| line.shown.clone()).collect();
    assert!(!shown.contains("hunter2"));
    assert!(shown.contains(MASK));
    assert!(!format!("{settings:?}").contains("hunter2"));
    let error = load("", &[("METERING_DATABASE_URL", "mysql://u:hunter2@h")], &[]).unwrap_err();
    assert!(error.contains("database_url") && !error.contains("hunter2"), "{error}");
}

#[test]
fn variables_of_tests_and_of_others_are_left_alone() {
    assert!(load("", &[("METERING_TEST_DATABASE_URL", "x"), ("PATH", "/bin")], &[]).is_ok());
}

#[test]
fn an_open_address_needs_a_certificate_or_a_proxy() {
    let error = load("listen = \"0.0.0.0:8443\"", &[], &[]).unwrap_err();
    assert!(error.contains("tls_certificate") && error.contains("plain_http"), "{error}");
    assert!(load("listen = \"0.0.0.0:8080\"\nplain_http = true", &[], &[]).is_ok());
    assert!(load("tls_certificate = \"x\"", &[], &[]).is_err());
}

#[test]
fn numbers_that_would_let_nothing_through_are_refused() {
    for name in ["body_stall_seconds", "head_seconds", "max_body", "rate", "readers"] {
        let error = load(&format!("{name} = 0"), &[], &[]).unwrap_err();
        assert_eq!(error, format!("{name} must be at least 1"));
    }
    let error = load("max_in_flight = \"64MiB\"", &[], &[]).unwrap_err();
    assert!(error.starts_with("max_in_flight must be at least max_body and max_inflated together"), "{error}");
}

#[test]
fn a_token_key_has_the_file_its_algorithm_needs() {
    let key = |algorithm: &str, file: &str| {
        format!(
            "[[token_keys]]\nkid = \"a\"\nalgorithm = \"{algorithm}\"\n{file} = \"f\"\nissuer = \"i\"\naudience = \"m\"\n"
        )
    };
    assert_eq!(load(&key("RS256", "public_key_file"), &[], &[]).unwrap().token_keys.len(), 1);
    assert!(load(&key("RS256", "secret_file"), &[], &[]).unwrap_err().contains("public_key_file"));
    assert!(load(&key("HS256", "public_key_file"), &[], &[]).unwrap_err().contains("secret_file"));
    assert!(load(&key("HS256", "secretfile"), &[], &[]).unwrap_err().contains("secretfile"));
    assert!(load(&key("none", "secret_file"), &[], &[]).unwrap_err().contains("none"));
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let flags = Flags { file: Some("/nowhere/metering.toml".into()), values: vec![] };
    let error = Settings::load(&flags, std::iter::empty()).unwrap_err().to_string();
    assert!(error.starts_with("/nowhere/metering.toml: "), "{error}");
}
