//! Nonces, of which each is good for one message.

use metering_model::{Sha256, TimeStamp};
use metering_persistence::{ChangeRequest, Error, Store, nonces};

use crate::support::{Trial, at, created, do_one, request};

battery! {
    a_nonce_is_remembered_for_its_caller_until_its_time,
    of_a_change_that_fails_no_nonce_is_left,
    nonces_that_are_too_old_are_removed,
}

const NONCE: Sha256 = Sha256([9; 32]);

fn at_time(time: &str) -> ChangeRequest {
    ChangeRequest { received_at: at(time), ..request("a") }
}

fn of(principal: &str) -> ChangeRequest {
    let mut request = request("a");
    request.principal.id = principal.into();
    request
}

/// Whether the nonce was seen before; it is remembered until `until`.
fn take(store: &Store, request: ChangeRequest, until: TimeStamp) -> bool {
    let answered = store.change_and_wait(request, move |change| {
        let seen = nonces::seen(change, &NONCE)?;
        nonces::remember(change, &NONCE, until)?;
        Ok(metering_persistence::Answer { status: if seen { 409 } else { 201 }, ..Default::default() })
    });
    answered.unwrap().answer.status == 409
}

fn a_nonce_is_remembered_for_its_caller_until_its_time(trial: &Trial) {
    let noon = at("2026-11-24T12:00:00Z");
    let store = trial.store();
    assert!(!take(&store, of("a"), noon));
    assert!(!take(&store, of("b"), noon), "another caller's is another one");
    assert!(take(&store, of("a"), noon));
    // Nor does a server forget it that was started anew.
    store.close();
    drop(store);
    let store = trial.store();
    assert!(take(&store, of("a"), noon));
    let mut late = of("a");
    late.received_at = noon;
    assert!(!take(&store, late, noon), "its message would be too old by now");
}

fn of_a_change_that_fails_no_nonce_is_left(trial: &Trial) {
    let noon = at("2026-11-24T12:00:00Z");
    let store = trial.store();
    let failed = store.change_and_wait(request("a"), move |change| {
        nonces::remember(change, &NONCE, noon)?;
        Err(Error::Rejected(Vec::new()))
    });
    assert!(matches!(failed, Err(Error::Rejected(_))));
    assert!(!take(&store, request("a"), noon));
}

fn nonces_that_are_too_old_are_removed(trial: &Trial) {
    let store = trial.store();
    assert!(!take(&store, request("a"), at("2026-11-24T10:01:00Z")));
    for _ in 0..64 {
        do_one(&store, at_time("2026-11-24T11:00:00Z")).unwrap();
    }
    // One that was not removed would still be seen by a clock that went back.
    let seen = store.change_and_wait(request("a"), |change| {
        assert!(!nonces::seen(change, &NONCE)?);
        created(change)
    });
    assert!(seen.is_ok());
}
