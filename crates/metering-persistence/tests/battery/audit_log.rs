//! The audit log: every call is in it, and nothing can be done to it unseen.

use metering_model::TimeStamp;
use metering_persistence::audit_log::{self, BadEntry, Intact};
use metering_persistence::{Answer, Call, Store};

use crate::support::{Trial, do_one, keyed, organisation, request, soon};

battery! {
    every_call_has_an_entry_in_a_chain_that_holds,
    tampering_with_any_field_is_found,
    what_is_missing_or_swapped_is_found,
    a_chain_made_with_another_key_is_found,
}

fn verify(store: &Store) -> Result<Intact, BadEntry> {
    store.read(&organisation(), audit_log::verify).unwrap()
}

fn every_call_has_an_entry_in_a_chain_that_holds(trial: &Trial) {
    let store = trial.store();
    let read = Call { method: "GET".into(), status: 200, ..request("").call };
    store.record_call(read.clone());
    store.record_call(Call { organisation: None, principal: None, status: 401, ..read.clone() });
    store.record_call(Call { organisation: Some("nowhere".parse().unwrap()), status: 403, ..read });
    do_one(&store, keyed("a", "k")).unwrap();
    do_one(&store, keyed("a", "k")).unwrap();
    store.change_and_wait(request("b"), |_| Ok(Answer { status: 404, ..Answer::default() })).unwrap();

    let found: Vec<(i64, String, u16, Option<i64>)> = store
        .read(&organisation(), |snapshot| {
            audit_log::export(snapshot)
                .map(|entry| entry.map(|it| (it.number, it.call.method, it.call.status, it.change_number)))
                .collect()
        })
        .unwrap();
    let mut kinds: Vec<_> =
        found.iter().map(|(_, method, status, change)| (method.as_str(), *status, *change)).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [("GET", 200, None), ("POST", 201, None), ("POST", 201, Some(1)), ("POST", 404, Some(2))]);
    assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(verify(&store).unwrap().entries, 4);
    let nobody = audit_log::unidentified().unwrap();
    assert_eq!(store.read(&nobody, audit_log::verify).unwrap().unwrap().entries, 2);

    // Without a change to join, a call is recorded all the same.
    store.record_call(request("").call);
    soon("the entry of a call alone", || verify(&store).unwrap().entries == 5);
}

fn filled(trial: &Trial) -> Store {
    let store = trial.store();
    for at in 0..5 {
        let mut request = request("a");
        request.call.request_id = format!("r-{at}");
        do_one(&store, request).unwrap();
    }
    store
}

fn tampering_with_any_field_is_found(trial: &Trial) {
    let store = filled(trial);
    let whole = verify(&store).unwrap();
    let later = TimeStamp::EPOCH.micros();
    for change in [
        format!("at = {later}"),
        "principal = 'mk_other'".into(),
        "principal = NULL".into(),
        "method = 'GET'".into(),
        "path = '/'".into(),
        "status = 500".into(),
        "request_id = ''".into(),
        "peer = '10.0.0.1'".into(),
        "change_number = NULL".into(),
        "change_number = 4".into(),
        // The same letters, moved from one field to the next.
        "method = 'POS', path = 'T/meter-readings'".into(),
    ] {
        let place = "organisation_id = 'default' AND number = 3";
        trial.execute(&format!(
            "CREATE TABLE kept AS SELECT * FROM audit_log WHERE {place}; UPDATE audit_log SET {change} WHERE {place}"
        ));
        assert_eq!(verify(&store).map_err(|bad| bad.number), Err(3), "{change}");
        trial.execute(&format!(
            "DELETE FROM audit_log WHERE {place}; INSERT INTO audit_log SELECT * FROM kept; DROP TABLE kept"
        ));
    }
    assert_eq!(verify(&store).unwrap(), whole);
    trial.execute("UPDATE audit_log SET hash = (SELECT hash FROM audit_log b WHERE b.organisation_id = 'default' AND b.number = 1) WHERE organisation_id = 'default' AND number = 2");
    assert_eq!(verify(&store).map_err(|bad| bad.number), Err(2));
}

fn what_is_missing_or_swapped_is_found(trial: &Trial) {
    let store = filled(trial);
    trial.execute("UPDATE audit_log SET number = 99 WHERE number = 2; UPDATE audit_log SET number = 2 WHERE number = 4; UPDATE audit_log SET number = 4 WHERE number = 99");
    assert_eq!(verify(&store).map_err(|bad| bad.number), Err(2));
    trial.execute("UPDATE audit_log SET number = 99 WHERE number = 2; UPDATE audit_log SET number = 2 WHERE number = 4; UPDATE audit_log SET number = 4 WHERE number = 99");
    assert!(verify(&store).is_ok());
    trial.execute("DELETE FROM audit_log WHERE number = 5");
    assert_eq!(verify(&store).map_err(|bad| bad.number), Err(5));
    trial.execute("DELETE FROM audit_log WHERE number = 3");
    assert_eq!(verify(&store).map_err(|bad| bad.number), Err(3));
}

fn a_chain_made_with_another_key_is_found(trial: &Trial) {
    // Whoever can write to a PostgreSQL database but has no server key cannot make the chain anew.
    if trial.postgresql().is_none() {
        return;
    }
    let forger = Store::open(trial.config(), &metering_persistence::ServerKey::new([8; 32])).unwrap();
    do_one(&forger, request("a")).unwrap();
    assert_eq!(verify(&forger).unwrap().entries, 1);
    assert_eq!(verify(&trial.store()).map_err(|bad| bad.number), Err(1));
}
