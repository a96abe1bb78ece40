//! Who may import whom: a floor looks down, never up, and a library that marks a floor stays on it.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::{files, top};

/// Each crate, the crates of ours below it, and the libraries that mark a floor it may use.
const MAY_USE: &[(&str, &[&str], &[&str])] = &[
    ("metering-model", &[], &["uom", "chrono", "serde"]),
    ("metering-messages", &["metering-model"], &["serde", "serde_json", "serde-xml-rs", "quick-xml", "utoipa"]),
    ("metering-validation", &["metering-model"], &["validator"]),
    (
        "metering-persistence",
        &["metering-model", "metering-validation"],
        &["diesel", "diesel_migrations", "libsqlite3-sys", "pq-sys", "r2d2", "tokio", "serde", "serde_json"],
    ),
    (
        "metering-transport",
        &["metering-model", "metering-messages", "metering-validation", "metering-persistence"],
        &["actix-web", "biscuit", "serde", "serde_json", "utoipa", "tokio", "rustls"],
    ),
    (
        "metering-server",
        &["metering-model", "metering-persistence", "metering-transport"],
        &["actix-web", "chrono", "clap", "toml", "serde", "serde_json", "rustls", "rcgen", "tracing-subscriber"],
    ),
];

/// The libraries that mark a floor; any other may be used anywhere.
const MARKS: &[&str] = &[
    "actix-web",
    "biscuit",
    "chrono",
    "clap",
    "diesel",
    "diesel_migrations",
    "libsqlite3-sys",
    "pq-sys",
    "quick-xml",
    "r2d2",
    "rcgen",
    "rustls",
    "serde",
    "serde-xml-rs",
    "serde_json",
    "tokio",
    "toml",
    "tracing-subscriber",
    "uom",
    "utoipa",
    "validator",
];

#[test]
fn a_floor_looks_down_and_never_up() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(top())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut seen = BTreeSet::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let (_, ours, marks) =
            MAY_USE.iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("{name} is on no floor"));
        seen.insert(name);
        for dependency in package["dependencies"].as_array().unwrap() {
            let of = dependency["name"].as_str().unwrap();
            if !dependency["kind"].is_null() {
                continue;
            }
            if of.starts_with("metering-") {
                assert!(ours.contains(&of), "{name} must not use {of}: that looks up, or sideways");
            } else if MARKS.contains(&of) {
                assert!(marks.contains(&of), "{name} must not use {of}: it marks another floor");
            }
        }
    }
    assert_eq!(seen.len(), MAY_USE.len());
}

/// Inside transport: `app` over `endpoints` and `delivery` and `middleware`, those over `auth` and
/// `content`, all over `problem` and `state`.
#[test]
fn inside_transport_imports_go_down() {
    const ORDER: &[&[&str]] = &[
        &["app", "serve"],
        &["endpoints", "operator_page", "delivery", "middleware"],
        &["auth", "content", "openapi", "parameters", "rate_limit"],
        &[
            "problem",
            "state",
            "admission",
            "config",
            "exchange",
            "metrics",
            "recent_items",
            "recent_keys",
            "sliding_window",
            "token_key",
        ],
    ];
    let level = |module: &str| ORDER.iter().position(|names| names.contains(&module));
    let source = top().join("crates/metering-transport/src");
    for file in files("crates/metering-transport/src", "rs") {
        let below = file.strip_prefix(&source).unwrap();
        let module = below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let Some(own) = level(module) else { continue };
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let Some(used) = line.trim().strip_prefix("use crate::") else { continue };
            let used = used.split([':', ';', ' ', '{']).next().unwrap();
            if let Some(level) = level(used) {
                assert!(level >= own, "{}: `use crate::{used}` looks up", below.display());
            }
        }
    }
}
