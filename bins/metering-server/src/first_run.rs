//! What a first start makes: the server's key, an API key and a token, each in a file for its
//! owner alone. The paths are printed, the secrets never.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use metering_model::{Role, Roles};
use metering_persistence::api_keys::{self, NewApiKey};
use metering_persistence::{Error, ServerKey, Store};
use metering_transport::Claims;
use secrecy::ExposeSecret;

use crate::commands::{Failure, keys, organisations, recorded, token};
use crate::config::Settings;
use crate::{private_file, store};

/// How long the first token holds.
const FIRST_TOKEN: Duration = Duration::from_secs(24 * 3600);

/// The server's key, and where it is still to be written if it is new.
pub(crate) struct FoundKey {
    pub(crate) key: ServerKey,
    unwritten: Option<PathBuf>,
    made: Option<PathBuf>,
}

/// What a first start made.
pub(crate) struct Made {
    /// The API key.
    pub(crate) api_key: PathBuf,
    /// The token.
    pub(crate) token: PathBuf,
    /// All files, each with what it is.
    pub(crate) files: Vec<(PathBuf, String)>,
}

/// The server's key: from the variable, from its file, or a new one where nothing was stored yet.
///
/// A store whose key is gone is never given a new one: it could not be read, and a new one would
/// hide that the old one must be found.
pub(crate) fn key(settings: &Settings) -> Result<FoundKey, Failure> {
    private_file::folder(&settings.data_dir).map_err(|error| {
        Failure::new(format!("the data folder {} cannot be made: {error}", settings.data_dir.display()))
    })?;
    let path = match settings.key_path() {
        // One that may not be looked at is not one that is gone.
        Some(path) if matches!(path.try_exists(), Ok(false)) => std::path::absolute(&path).unwrap_or(path),
        _ => return Ok(FoundKey { key: store::key(settings)?, unwritten: None, made: None }),
    };
    let database = store::file(settings);
    if settings.database_url.is_none() && database.exists() {
        return Err(Failure::new(format!(
            "the key file {} is gone, but {} is encrypted with the key that was in it: put the file back (or name it \
             by key_file, or give the key as METERING_KEY); without it the data cannot be read",
            path.display(),
            database.display()
        )));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")))?;
    let key = ServerKey::new(bytes);
    if settings.database_url.is_some() {
        // Whether that database is new shows once it is open.
        return Ok(FoundKey { key, unwritten: Some(path), made: None });
    }
    write(&path, &key.to_hex())?;
    Ok(FoundKey { key, unwritten: None, made: Some(path) })
}

/// Makes the first API key and token where the store has no key of any kind yet.
pub(crate) fn credentials(settings: &Settings, found: FoundKey, store: &Store) -> Result<Option<Made>, Failure> {
    let FoundKey { key, unwritten, mut made } = found;
    if !keys::all(store)?.is_empty() {
        return match unwritten {
            None => Ok(None),
            Some(path) => Err(Failure::new(format!(
                "the database has been used with a key that is not in {}: put the key file there (or name it by \
                 key_file, or give the key as METERING_KEY); with a new one no API key would be known",
                path.display()
            ))),
        };
    }
    if let Some(path) = unwritten {
        write(&path, &key.to_hex())?;
        made = Some(path);
    }

    let folder = std::path::absolute(&settings.data_dir).unwrap_or_else(|_| settings.data_dir.clone());
    let organisation = organisations::default()?;
    let roles: Roles = Role::OPERATING.iter().copied().collect();
    let api_key = folder.join("first-api-key");
    let new = NewApiKey { name: "first".to_owned(), roles, quota: settings.rate, expires_at: None };
    let (random, file) = (keys::random()?, api_key.clone());
    recorded::change(store, &organisation, "first start", move |change| {
        let (_, text) = api_keys::create(change, &new, &random)?;
        // Within the transaction, so before the commit: a start that ends between the two leaves a
        // file that opens nothing, and the next one replaces it. The other way round the key
        // would be known to nobody.
        private_file::replace(&file, &format!("{}\n", text.expose_secret())).map_err(|error| {
            Error::Failed(Arc::new(io::Error::other(format!("{} cannot be written: {error}", file.display()))))
        })
    })?;
    let claims =
        Claims { subject: "first-token".to_owned(), organisation: organisation.clone(), roles, lifetime: FIRST_TOKEN };
    let token_path = folder.join("first-token");
    let (text, until) = token::mint(&key, &claims)?;
    private_file::replace(&token_path, &format!("{text}\n")).map_err(|error| cannot_write(&token_path, &error))?;

    let mut files = Vec::new();
    if let Some(path) = made {
        files.push((path, "the server's key: keep a copy elsewhere; without it the data cannot be read".to_owned()));
    }
    files.push((api_key.clone(), format!("an API key of the organisation `{organisation}` with the roles {roles}")));
    files.push((token_path.clone(), format!("a token with the same roles, until {until}")));
    Ok(Some(Made { api_key, token: token_path, files }))
}

fn write(path: &std::path::Path, key: &str) -> Result<(), Failure> {
    private_file::create(path, &format!("{key}\n")).map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use metering_persistence::StoreRole;

    use super::*;
    use crate::config::Flags;
    use crate::scratch::Scratch;

    fn settings(folder: &Path) -> Settings {
        let folder = folder.to_str().unwrap().to_owned();
        let values = vec![("--data-dir".to_owned(), "data_dir".to_owned(), folder)];
        Settings::load(&Flags { file: None, values }, std::iter::empty()).unwrap()
    }

    fn start(settings: &Settings) -> (Store, Option<Made>) {
        let found = key(settings).unwrap();
        let store = store::open(settings, &found.key, StoreRole::Server).unwrap();
        let made = credentials(settings, found, &store).unwrap();
        (store, made)
    }

    #[test]
    fn a_first_start_makes_credentials_for_the_owner_alone_and_a_second_makes_none() {
        let scratch = Scratch::new();
        let settings = settings(&scratch.path().join("data"));
        let (store, made) = start(&settings);
        let made = made.unwrap();
        for file in ["server.key", "first-api-key", "first-token", "metering.db"] {
            let mode = fs::metadata(settings.data_dir.join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        let text = fs::read_to_string(&made.api_key).unwrap();
        let stored = store.api_key(api_keys::prefix_of(text.trim()).unwrap()).unwrap().unwrap();
        assert!(stored.verify(text.trim()));
        assert_eq!(stored.key.roles.iter().collect::<Vec<_>>(), Role::OPERATING);
        assert_eq!(fs::read_to_string(&made.token).unwrap().trim().split('.').count(), 3);
        assert!(made.files.iter().all(|(_, meaning)| !meaning.contains(text.trim())), "no secret is printed");
        store.close();
        drop(store);

        let (store, made) = start(&settings);
        assert!(made.is_none());
        assert_eq!(fs::read_to_string(settings.data_dir.join("first-api-key")).unwrap(), text);
        store.close();
    }

    #[test]
    fn a_first_start_that_was_killed_before_its_commit_is_made_up_for() {
        let scratch = Scratch::new();
        let settings = settings(scratch.path());
        let found = key(&settings).unwrap();
        fs::write(settings.data_dir.join("first-api-key"), "mk_of_nobody").unwrap();
        drop(store::open(&settings, &found.key, StoreRole::Server).unwrap());
        let (_, made) = start(&settings);
        assert_ne!(fs::read_to_string(made.unwrap().api_key).unwrap(), "mk_of_nobody");
    }

    #[test]
    fn a_store_whose_key_is_gone_is_not_given_a_new_one() {
        let scratch = Scratch::new();
        let settings = settings(scratch.path());
        let (store, _) = start(&settings);
        store.close();
        drop(store);
        fs::remove_file(settings.data_dir.join("server.key")).unwrap();
        let text = format!("{:?}", key(&settings).err().unwrap());
        assert!(text.contains("server.key") && text.contains("metering.db"), "{text}");
        assert!(!settings.data_dir.join("server.key").exists());
    }
}
