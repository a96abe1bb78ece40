//! The settings: one TOML file, then `METERING_*` variables, then flags; the later one wins.
//!
//! Nothing else in the program reads the environment. Everything is read once, before anything
//! starts, and every fault is reported at once: a name that is no setting, with the nearest that
//! is one, and a value that does not fit, with its place and an example.

mod table;
#[cfg(test)]
mod tests;
pub(crate) mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use actix_web::http::header::HeaderValue;
use metering_model::words::nearest;
use secrecy::ExposeSecret;
use thiserror::Error;

pub(crate) use self::table::{Algorithm, SETTINGS, Setting, Settings};
use self::table::{Found, MASK, TokenKey, typed};

/// Where the settings are read from when nobody says otherwise.
const DEFAULT_FILE: &str = "metering.toml";

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody set it.
    Default,
    /// The file.
    File(PathBuf),
    /// A variable, or for the file's path the word `METERING_CONFIG`.
    Variable(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// What the command line says about the settings.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    /// The path of the file.
    pub(crate) file: Option<PathBuf>,
    /// The flag as written, the setting's name, its text.
    pub(crate) values: Vec<(String, String, String)>,
}

/// Why the settings cannot be used: everything that is wrong with them.
#[derive(Debug, Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct ConfigError(pub(crate) Vec<String>);

/// One line of `check-config`.
pub(crate) struct Line {
    /// The setting.
    pub(crate) setting: &'static Setting,
    /// Its value, a secret masked.
    pub(crate) shown: String,
    /// Where it came from.
    pub(crate) origin: Origin,
}

impl Settings {
    /// Reads the file, the variables and the flags.
    pub(crate) fn load(flags: &Flags, variables: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut faults = Vec::new();
        let mut texts: BTreeMap<&'static str, Found> = SETTINGS
            .iter()
            .map(|setting| (setting.name, Found { text: setting.default.into(), origin: Origin::Default }))
            .collect();

        let mut named = flags.file.clone();
        let mut set = Vec::new();
        for (variable, text) in variables {
            let Some(rest) = variable.strip_prefix("METERING_") else { continue };
            if rest.starts_with("TEST_") {
                continue;
            }
            if rest == "CONFIG" {
                named = named.or(Some(PathBuf::from(text)));
                continue;
            }
            match SETTINGS.iter().find(|setting| setting.variable() == variable) {
                Some(setting) => {
                    set.push((setting.name, Found { text: text.into(), origin: Origin::Variable(variable) }));
                }
                None => {
                    let known: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
                    faults.push(unknown("environment variable", &variable, &known));
                }
            }
        }

        let mut token_keys = Vec::new();
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        match fs::read_to_string(&path) {
            Ok(content) => file(&path, &content, &mut texts, &mut token_keys, &mut faults),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => faults.push(format!("{}: the settings cannot be read: {error}", path.display())),
        }

        texts.extend(set);
        for (flag, name, text) in &flags.values {
            match SETTINGS.iter().find(|setting| setting.name == name) {
                Some(setting) => {
                    let found = Found { text: text.as_str().into(), origin: Origin::Flag(flag.clone()) };
                    texts.insert(setting.name, found);
                }
                None => faults.push(unknown("setting", name, &names())),
            }
        }

        let settings = typed(texts, token_keys, &mut faults);
        if let Some(settings) = &settings {
            settings.together(&mut faults);
        }
        match settings {
            Some(settings) if faults.is_empty() => Ok(settings),
            _ => Err(ConfigError(faults)),
        }
    }

    /// What replies are sent with; never printed.
    pub(crate) fn reply_authorization(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(self.reply_authorization.as_ref()?.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The rules over more than one setting.
    fn together(&self, faults: &mut Vec<String>) {
        if self.tls_certificate.is_some() != self.tls_key.is_some() {
            faults.push("tls_certificate and tls_key go together: set both or neither".to_owned());
        }
        if self.plain_http && self.tls_certificate.is_some() {
            faults.push("plain_http and tls_certificate contradict each other: set one of them".to_owned());
        }
        if !self.plain_http && self.tls_certificate.is_none() && !self.listen.ip().is_loopback() {
            faults.push(format!(
                "listening on {} needs a certificate: set tls_certificate and tls_key, or plain_http = true behind a \
                 proxy that terminates TLS",
                self.listen
            ));
        }
        if self.key.is_some() && self.key_file.is_some() {
            faults.push("key and key_file contradict each other: set one of them".to_owned());
        }
        if let Some(url) = &self.database_url {
            let url = url.expose_secret();
            if !(url.starts_with("postgresql://") || url.starts_with("postgres://")) {
                faults.push(
                    "database_url is a PostgreSQL address, postgresql://USER@HOST/DATABASE; leave it out for SQLite in \
                     the data folder"
                        .to_owned(),
                );
            }
        }
        if self.reply_authorization.is_some() && self.reply_authorization().is_none() {
            faults.push("reply_authorization is one line of plain characters, as a header has it".to_owned());
        }
        if self.reply_addresses.is_empty() && (self.reply_authorization.is_some() || self.reply_certificates.is_some())
        {
            faults.push("reply_authorization and reply_certificates are for reply_addresses: set some".to_owned());
        }
        for key in &self.token_keys {
            let (wanted, fits, other) = match key.algorithm {
                Algorithm::Hs256 => ("secret_file", &key.secret_file, &key.public_key_file),
                Algorithm::Rs256 => ("public_key_file", &key.public_key_file, &key.secret_file),
            };
            if fits.is_none() || other.is_some() {
                faults.push(format!("token_keys: key `{}` with {:?} takes one {wanted}", key.kid, key.algorithm));
            }
        }
        if self.idempotency_days < 7 {
            faults.push("idempotency_days must be at least 7: clients may rely on it".to_owned());
        }
        if self.max_in_flight.0 < self.max_body.0.saturating_add(self.max_inflated.0) {
            faults.push(
                "max_in_flight must be at least max_body and max_inflated together, else the largest body is never \
                 taken"
                    .to_owned(),
            );
        }
        for (name, zero) in [
            ("tls_handshake_seconds", self.tls_handshake_seconds == 0),
            ("head_seconds", self.head_seconds == 0),
            ("body_stall_seconds", self.body_stall_seconds == 0),
            ("max_body", self.max_body.0 == 0),
            ("max_inflated", self.max_inflated.0 == 0),
            ("longest_token_days", self.longest_token_days == 0),
            ("readers", self.readers == 0),
            ("waiting", self.waiting == 0),
            ("rate", self.rate == 0),
            ("max_items", self.max_items == 0),
            ("max_depth", self.max_depth == 0),
            ("connections", self.connections == 0),
            ("reads_at_once", self.reads_at_once == 0),
        ] {
            if zero {
                faults.push(format!("{name} must be at least 1"));
            }
        }
    }

    /// The path of the server's key, whether or not it exists; none when a variable carries the key.
    pub(crate) fn key_path(&self) -> Option<PathBuf> {
        match (&self.key, &self.key_file) {
            (Some(_), _) => None,
            (None, Some(path)) => Some(path.clone()),
            (None, None) => Some(self.data_dir.join("server.key")),
        }
    }

    /// Every setting with what holds and why, in the order of the table; secrets are masked.
    pub(crate) fn lines(&self) -> Vec<Line> {
        SETTINGS
            .iter()
            .filter_map(|setting| {
                let found = self.texts.get(setting.name)?;
                let text = found.text.expose_secret();
                let shown = if setting.secret && !text.is_empty() { MASK.to_owned() } else { text.to_owned() };
                Some(Line { setting, shown, origin: found.origin.clone() })
            })
            .collect()
    }
}

fn names() -> Vec<String> {
    SETTINGS.iter().map(|setting| setting.name.to_owned()).collect()
}

fn unknown(what: &str, name: &str, known: &[String]) -> String {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match nearest(name, &known) {
        Some(near) => format!("there is no {what} `{name}`; the nearest is `{near}`"),
        None => format!("there is no {what} `{name}`; `metering-server check-config` lists those there are"),
    }
}

/// Reads the file into `texts` and `token_keys`.
fn file(
    path: &Path,
    content: &str,
    texts: &mut BTreeMap<&'static str, Found>,
    token_keys: &mut Vec<TokenKey>,
    faults: &mut Vec<String>,
) {
    let table: toml::Table = match content.parse() {
        Ok(table) => table,
        Err(error) => {
            faults.push(toml_fault(path, content, &error));
            return;
        }
    };
    for (name, value) in table {
        if name == "token_keys" {
            match value.try_into() {
                Ok(keys) => *token_keys = keys,
                Err(error) => faults.push(format!("{}: token_keys: {}", path.display(), toml_message(&error))),
            }
            continue;
        }
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
            let mut known = names();
            known.push("token_keys".to_owned());
            faults.push(format!("{}: {}", path.display(), unknown("setting", &name, &known)));
            continue;
        };
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(yes) => yes.to_string(),
            other => {
                let kind = other.type_str();
                let example = setting.example;
                faults.push(format!("{}: {name} takes one value, such as `{example}`, no {kind}", path.display()));
                continue;
            }
        };
        texts.insert(setting.name, Found { text: text.into(), origin: Origin::File(path.to_owned()) });
    }
}

/// What is wrong with the file. Not the error's own text: that shows the line, and in it perhaps a password.
fn toml_fault(path: &Path, content: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    match error.span().and_then(|span| content.get(..span.start)) {
        Some(before) => format!("{}:{}: {message}", path.display(), before.matches('\n').count() + 1),
        None => format!("{}: {message}", path.display()),
    }
}

fn toml_message(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<_>>().join(" ")
}
