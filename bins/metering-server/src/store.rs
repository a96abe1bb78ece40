//! Opening the database with the server's key.

use std::fs;
use std::path::{Path, PathBuf};

use metering_persistence::{Clock, Config, Database, Provisional, ServerKey, Store, StoreRole};
use secrecy::ExposeSecret;

use crate::commands::Failure;
use crate::config::Settings;
use crate::config::value::Unconfigured;
use crate::private_file;

/// The file of the embedded database.
pub(crate) fn file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("metering.db")
}

/// The server's key, which must be there already.
pub(crate) fn key(settings: &Settings) -> Result<ServerKey, Failure> {
    let Some(path) = settings.key_path() else {
        let text = settings.key.as_ref().map(ExposeSecret::expose_secret).unwrap_or_default();
        return text.parse().map_err(|error| Failure::usage(format!("METERING_KEY: {error}")));
    };
    read_key(&path)
}

/// Reads a key file.
pub(crate) fn read_key(path: &Path) -> Result<ServerKey, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::new(format!(
            "the key file {} cannot be read: {error}; a first start of the server makes it",
            path.display()
        ))
    })?;
    if private_file::readable_by_others(path).unwrap_or(false) {
        tracing::warn!(file = %path.display(), "other users of this machine can read the server's key: chmod 600");
    }
    text.parse().map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// Opens the database, and migrates it where that is due.
pub(crate) fn open(settings: &Settings, key: &ServerKey, role: StoreRole) -> Result<Store, Failure> {
    let database = match &settings.database_url {
        Some(url) => Database::Postgresql { url: url.clone() },
        None => Database::Sqlite { file: file(settings) },
    };
    let provisional = match settings.unconfigured {
        Unconfigured::Accept => Provisional::Accept { ceiling: settings.unconfigured_ceiling },
        Unconfigured::Refuse => Provisional::Refuse,
    };
    Ok(Store::open(
        Config {
            database,
            // A command reads one thing after the other.
            readers: if role == StoreRole::Command { 1 } else { settings.readers },
            waiting: settings.waiting,
            role,
            settings: metering_persistence::Settings {
                provisional,
                idempotency_days: settings.idempotency_days,
                replay_days: settings.replay_days,
            },
            clock: Clock::system(),
        },
        key,
    )?)
}
