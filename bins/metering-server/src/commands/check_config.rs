//! `check-config`: what would be used, and why.

use std::fmt::Write;

use serde_json::json;

use super::{Failure, Output, serve};
use crate::config::Settings;
use crate::store;
use crate::tls::Reloading;

pub(super) fn run(settings: &Settings, output: Output) -> Result<(), Failure> {
    files(settings)?;
    let lines = settings.lines();
    let mut text = String::new();
    for line in &lines {
        let value = if line.shown.is_empty() { "(none)" } else { &line.shown };
        // Writing into a string does not fail.
        let _ = writeln!(text, "{:<30} = {value}   # {}", line.setting.name, line.origin);
    }
    for key in &settings.token_keys {
        let _ = writeln!(
            text,
            "token_keys: {} ({:?}, issuer {}, audience {})",
            key.kid, key.algorithm, key.issuer, key.audience
        );
    }
    text.push_str("The settings can be used.");
    let json = json!({
        "settings": lines.iter().map(|line| json!({
            "name": line.setting.name,
            "variable": line.setting.variable(),
            "value": line.shown,
            "from": line.origin.to_string(),
        })).collect::<Vec<_>>(),
        "tokenKeys": settings.token_keys.iter().map(|key| json!({
            "kid": key.kid,
            "algorithm": format!("{:?}", key.algorithm).to_uppercase(),
            "issuer": key.issuer,
            "audience": key.audience,
        })).collect::<Vec<_>>(),
    });
    output.say(text, &json);
    Ok(())
}

/// Looks into the files that the settings name, as a start would. Those that a first start makes
/// may be absent.
fn files(settings: &Settings) -> Result<(), Failure> {
    if let Some(pair) = serve::configured_pair(settings) {
        Reloading::new(pair)?;
    }
    serve::token_keys(settings)?;
    serve::reply_certificates(settings)?;
    if settings.key_path().is_none_or(|path| path.exists()) {
        store::key(settings)?;
    }
    Ok(())
}
