//! The life of an API key.

use std::sync::mpsc;

use metering_persistence::api_keys::{self, ApiKey, KeyBytes, NewApiKey};
use metering_persistence::{Answer, Error, Store};
use secrecy::{ExposeSecret, SecretString};

use crate::support::{Trial, at, created, organisation, request};

battery! {
    a_key_opens_until_it_is_revoked,
    rotation_leaves_time_to_change_over,
    a_key_of_another_organisation_is_out_of_reach,
    the_database_holds_no_secret,
}

fn bytes(seed: u8) -> KeyBytes {
    std::array::from_fn(|at| seed.wrapping_mul(31).wrapping_add(at as u8))
}

fn new() -> NewApiKey {
    NewApiKey { name: "collector".into(), roles: "head-end,viewer".parse().unwrap(), quota: 100, expires_at: None }
}

/// Does `work` in a change and hands its outcome out.
fn with<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&mut metering_persistence::Change<'_>) -> metering_persistence::Result<T> + Send + 'static,
) -> metering_persistence::Result<T> {
    let (sender, receiver) = mpsc::channel();
    store.change_and_wait(request(""), move |change| {
        sender.send(work(change)?).unwrap();
        created(change)
    })?;
    Ok(receiver.recv().unwrap())
}

fn make(store: &Store, seed: u8) -> (ApiKey, SecretString) {
    with(store, move |change| api_keys::create(change, &new(), &bytes(seed))).unwrap()
}

fn a_key_opens_until_it_is_revoked(trial: &Trial) {
    let store = trial.store();
    let (key, secret) = make(&store, 1);
    let text = secret.expose_secret();
    assert_eq!(api_keys::prefix_of(text), Some(key.prefix.as_str()));
    let stored = store.api_key(&key.prefix).unwrap().unwrap();
    assert!(stored.verify(text));
    assert!(!stored.verify(&format!("{text}x")) && !stored.verify(""));
    assert_eq!(stored.key, key);
    assert!(stored.key.is_good(at("2030-01-01T00:00:00Z")));
    let principal = key.principal();
    assert_eq!((principal.id, principal.organisation), (format!("mk_{}", key.prefix), organisation()));
    assert!(store.api_key("000000000000").unwrap().is_none());

    let prefix = key.prefix.clone();
    with(&store, move |change| api_keys::revoke(change, &prefix)).unwrap();
    let stored = store.api_key(&key.prefix).unwrap().unwrap();
    assert!(!stored.key.is_good(at("2026-11-24T10:00:00Z")));
    let prefix = key.prefix.clone();
    assert!(matches!(
        with(&store, move |change| api_keys::rotate(change, &prefix, &bytes(2), at("2027-01-01T00:00:00Z"))),
        Err(Error::NotFound)
    ));
}

fn rotation_leaves_time_to_change_over(trial: &Trial) {
    let store = trial.store();
    let (old, _) = make(&store, 1);
    let prefix = format!("mk_{}", old.prefix);
    let until = at("2026-11-25T10:00:00Z");
    let (new, _) = with(&store, move |change| api_keys::rotate(change, &prefix, &bytes(2), until)).unwrap();
    assert_eq!((&new.name, new.roles, new.quota), (&old.name, old.roles, old.quota));
    let old = store.api_key(&old.prefix).unwrap().unwrap().key;
    assert!(old.is_good(at("2026-11-25T09:59:59Z")) && !old.is_good(until));
    assert_eq!(store.read(&organisation(), api_keys::list).unwrap().len(), 2);
}

fn a_key_of_another_organisation_is_out_of_reach(trial: &Trial) {
    let store = trial.store();
    let (key, _) = make(&store, 1);
    let other: metering_model::OrganisationId = "other".parse().unwrap();
    let id = other.clone();
    with(&store, move |change| metering_persistence::organisations::create(change, &id, "Other")).unwrap();
    let mut theirs = request("");
    theirs.principal.organisation = other.clone();
    let outcome = store.change_and_wait(theirs, move |change| {
        api_keys::revoke(change, &key.prefix)?;
        Ok(Answer::default())
    });
    assert!(matches!(outcome, Err(Error::NotFound)));
    assert_eq!(store.read(&other, api_keys::list).unwrap(), []);
}

fn the_database_holds_no_secret(trial: &Trial) {
    let store = trial.store();
    let (key, secret) = make(&store, 1);
    let shown = format!("{:?} {:?}", store.api_key(&key.prefix).unwrap().unwrap(), secret);
    let text = secret.expose_secret();
    let kept = text.rsplit('_').next().unwrap();
    assert!(!shown.contains(kept));
    if let metering_persistence::Database::Sqlite { file } = &trial.database {
        store.close();
        drop(store);
        let raw = std::fs::read(file).unwrap();
        assert!(!raw.starts_with(b"SQLite format"));
        assert!(!raw.windows(key.name.len()).any(|window| window == key.name.as_bytes()));
    }
}
