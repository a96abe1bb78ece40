//! The database cannot, and then it can again.

use diesel::connection::SimpleConnection;
use metering_persistence::Error;

use crate::support::{Trial, do_one, keyed, number, organisation, request, soon};

battery! {
    a_database_that_is_held_up_is_unavailable_and_recovers_by_itself,
    a_lost_connection_is_made_anew,
}

fn a_database_that_is_held_up_is_unavailable_and_recovers_by_itself(trial: &Trial) {
    let store = trial.store();
    let (mut sqlite, mut postgresql) = (trial.sqlite(), trial.postgresql());
    if let Some(connection) = &mut sqlite {
        connection.batch_execute("BEGIN IMMEDIATE").unwrap();
    }
    if let Some(connection) = &mut postgresql {
        connection.batch_execute("BEGIN; SELECT * FROM organisations FOR UPDATE").unwrap();
    }
    let outcome = do_one(&store, keyed("a", "k"));
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    assert!(!store.writable());
    // Reads go on.
    assert_eq!(store.read(&organisation(), |snapshot| snapshot.last_change()).unwrap(), 0);
    drop((sqlite, postgresql));
    soon("a store that can be written", || store.writable());
    let answered = do_one(&store, keyed("a", "k")).unwrap();
    assert!(!answered.replayed);
    assert_eq!(number(&answered), 1);
}

fn a_lost_connection_is_made_anew(trial: &Trial) {
    let store = trial.store();
    do_one(&store, request("a")).unwrap();
    if trial.postgresql().is_none() {
        return;
    }
    trial.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    do_one(&store, request("b")).unwrap();
    assert!(store.writable());
    store.read(&organisation(), |snapshot| snapshot.last_change()).unwrap();
}
