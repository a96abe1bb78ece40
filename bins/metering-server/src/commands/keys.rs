//! `keys`: API keys. A key is printed once, when it is made; afterwards only its id is known.

use clap::Subcommand;
use metering_model::{OrganisationId, Roles, TimeStamp};
use metering_persistence::Clock;
use metering_persistence::api_keys::{self, ApiKey, KeyBytes, NewApiKey};
use metering_persistence::{Store, organisations};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::duration::Lasting;
use super::{Failure, Output, beside, recorded};
use crate::config::Settings;

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Makes a key and prints it, this once. `--rate` is its quota for good.
    Create {
        /// What people call it.
        #[arg(long)]
        name: String,
        /// Its roles, separated by commas.
        #[arg(long)]
        roles: Roles,
        /// Whose data it opens.
        #[arg(long, default_value = organisations::DEFAULT)]
        organisation: OrganisationId,
        /// For how long it is good, such as 90d; until it is revoked when left out.
        #[arg(long)]
        expires: Option<Lasting>,
    },
    /// Lists all keys, with those that are no longer good.
    List,
    /// Makes a key in the place of another and prints it; both are good for a while.
    Rotate {
        /// The id of the key that gives way.
        id: String,
        /// For how long that one stays good.
        #[arg(long, default_value = "24h")]
        overlap: Lasting,
    },
    /// Ends a key at once.
    Revoke {
        /// The key's id.
        id: String,
    },
}

pub(super) fn run(keys: Keys, settings: &Settings, output: Output) -> Result<(), Failure> {
    // Before anything is opened.
    if let Keys::Create { roles, .. } = &keys
        && roles.iter().next().is_none()
    {
        return Err(Failure::usage("--roles names no role; a key without one may do nothing"));
    }
    let (store, _) = beside(settings)?;
    let done = command(keys, settings, &store, output);
    store.close();
    done
}

fn command(keys: Keys, settings: &Settings, store: &Store, output: Output) -> Result<(), Failure> {
    match keys {
        Keys::Create { name, roles, organisation, expires } => {
            let expires_at = expires.map(|it| Clock::system().now().plus_seconds(it.0));
            let new = NewApiKey { name, roles, quota: settings.rate, expires_at };
            let random = random()?;
            let (key, text) = recorded::change(store, &organisation, "keys create", move |change| {
                api_keys::create(change, &new, &random)
            })?;
            made(&key, text.expose_secret(), output);
        }
        Keys::List => {
            let keys = all(store)?;
            let now = Clock::system().now();
            let text = keys.iter().map(|key| line(key, now)).collect::<Vec<_>>().join("\n");
            let json = keys.iter().map(|key| object(key, now)).collect::<Vec<_>>();
            output.say(if text.is_empty() { "There are no keys." } else { &text }, &json!({"keys": json}));
        }
        Keys::Rotate { id, overlap } => {
            let key = find(store, &id)?;
            let random = random()?;
            let until = Clock::system().now().plus_seconds(overlap.0);
            let (key, text) = recorded::change(store, &key.organisation, "keys rotate", move |change| {
                api_keys::rotate(change, &key.prefix, &random, until)
            })?;
            made(&key, text.expose_secret(), output);
        }
        Keys::Revoke { id } => {
            let key = find(store, &id)?;
            let organisation = key.organisation.clone();
            let key = recorded::change(store, &organisation, "keys revoke", move |change| {
                api_keys::revoke(change, &key.prefix)
            })?;
            output.say(format!("The key {} is revoked.", public_id(&key)), &object(&key, Clock::system().now()));
        }
    }
    Ok(())
}

/// The random bytes of a new key.
pub(crate) fn random() -> Result<KeyBytes, Failure> {
    let mut random = [0; size_of::<KeyBytes>()];
    getrandom::fill(&mut random)
        .map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")))?;
    Ok(random)
}

/// The keys of all organisations.
pub(crate) fn all(store: &Store) -> Result<Vec<ApiKey>, Failure> {
    let mut keys = Vec::new();
    for organisation in super::organisations::all(store)? {
        keys.extend(store.read(&organisation.id, api_keys::list)?);
    }
    Ok(keys)
}

/// The key of this id; its whole text is not asked for, and not taken either.
fn find(store: &Store, id: &str) -> Result<ApiKey, Failure> {
    let prefix = id.strip_prefix("mk_").unwrap_or(id);
    match store.api_key(prefix)? {
        Some(found) => Ok(found.key),
        None => Err(Failure::new("there is no key with this id; `keys list` shows those there are")),
    }
}

/// The key itself on a line of its own, for people and for `$(...)`; what else there is to say goes
/// to standard error.
fn made(key: &ApiKey, text: &str, output: Output) {
    let mut json = object(key, key.created_at);
    json["key"] = text.into();
    if !output.json() {
        eprintln!("The key {} is shown this once; send it as X-API-Key.", public_id(key));
    }
    output.say(text, &json);
}

/// The id as callers, the audit log and these commands say it.
fn public_id(key: &ApiKey) -> String {
    key.principal().id
}

fn state(key: &ApiKey, now: TimeStamp) -> &'static str {
    match key {
        key if key.is_good(now) => "good",
        ApiKey { revoked_at: Some(_), .. } => "revoked",
        _ => "expired",
    }
}

fn line(key: &ApiKey, now: TimeStamp) -> String {
    let until = key.expires_at.map_or_else(|| "-".to_owned(), |it| it.to_string());
    format!(
        "{}  {:<7}  {}  {}  {}  {}/min  made {}  until {until}",
        public_id(key),
        state(key, now),
        key.organisation,
        key.name,
        key.roles,
        key.quota,
        key.created_at
    )
}

fn object(key: &ApiKey, now: TimeStamp) -> Value {
    json!({
        "id": public_id(key),
        "name": key.name,
        "organisation": key.organisation.to_string(),
        "roles": key.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "rate": key.quota,
        "state": state(key, now),
        "createdAt": key.created_at.to_string(),
        "expiresAt": key.expires_at.map(|it| it.to_string()),
        "revokedAt": key.revoked_at.map(|it| it.to_string()),
    })
}
