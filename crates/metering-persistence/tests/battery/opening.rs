//! Opening a database: made once, refused clearly.

use metering_persistence::{Config, Database, Error, OpenError, ServerKey, Store, StoreRole, organisations};

use crate::support::{Trial, do_one, number, organisation, request};

battery! {
    what_was_stored_is_there_after_opening_again,
    a_new_database_has_the_default_organisation,
    a_wrong_key_is_told_in_words,
    a_second_server_on_one_file_is_refused_and_a_command_is_not,
    several_may_open_a_new_database_at_once,
    the_state_of_the_database_is_told,
}

fn what_was_stored_is_there_after_opening_again(trial: &Trial) {
    let store = trial.store();
    do_one(&store, request("a")).unwrap();
    drop(store);
    let store = trial.store();
    assert_eq!(number(&do_one(&store, request("b")).unwrap()), 2);
}

fn a_new_database_has_the_default_organisation(trial: &Trial) {
    let found = trial.store().read(&organisation(), organisations::list).unwrap();
    assert_eq!(found.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["default"]);
}

fn a_wrong_key_is_told_in_words(trial: &Trial) {
    let Database::Sqlite { file } = &trial.database else { return };
    trial.store().close();
    let wrong = Store::open(trial.config(), &ServerKey::new([9; 32]));
    assert!(matches!(&wrong, Err(Error::Open(OpenError::WrongKey { .. }))), "{wrong:?}");
    assert!(wrong.unwrap_err().to_string().contains("cannot be read with this key"));
    std::fs::write(file, "no database ".repeat(1_000)).unwrap();
    assert!(matches!(Store::open(trial.config(), &trial.key), Err(Error::Open(OpenError::WrongKey { .. }))));
}

fn a_second_server_on_one_file_is_refused_and_a_command_is_not(trial: &Trial) {
    let server = trial.store();
    let second = Store::open(trial.config(), &trial.key);
    match trial.database {
        Database::Sqlite { .. } => assert!(matches!(second, Err(Error::Open(OpenError::InUse { .. })))),
        Database::Postgresql { .. } => drop(second.unwrap()),
    }
    let command = Store::open(Config { role: StoreRole::Command, ..trial.config() }, &trial.key).unwrap();
    assert_eq!(number(&do_one(&command, request("a")).unwrap()), 1);
    assert_eq!(number(&do_one(&server, request("b")).unwrap()), 2);
    assert_eq!(number(&do_one(&command, request("c")).unwrap()), 3);
    drop(server);
    trial.store();
}

fn several_may_open_a_new_database_at_once(trial: &Trial) {
    std::thread::scope(|scope| {
        let open = || Store::open(Config { role: StoreRole::Command, ..trial.config() }, &trial.key).map(|_| ());
        let all: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        for it in all {
            it.join().unwrap().unwrap();
        }
    });
}

fn the_state_of_the_database_is_told(trial: &Trial) {
    let store = trial.store();
    assert_eq!(store.status().unwrap().last_change_at, None);
    do_one(&store, request("a")).unwrap();
    let status = store.status().unwrap();
    assert_eq!(status.last_change_at, Some(request("a").received_at));
    assert!(status.writable && store.writable());
    assert_eq!((status.organisations, status.changes, status.audit_entries, status.waiting), (1, 1, 1, 0));
    assert!(status.bytes.is_some_and(|bytes| bytes > 4_096));
    let kind = match trial.database {
        Database::Sqlite { .. } => "sqlite",
        Database::Postgresql { .. } => "postgresql",
    };
    assert_eq!(status.database.as_str(), kind);
}
