//! Changes: committed, refused, repeated, and in groups.

use std::sync::{Barrier, mpsc};
use std::thread;

use metering_model::{Counts, Violation, ViolationCode};
use metering_persistence::{Answer, Clock, Config, Error, Store, organisations, receipts};

use crate::support::{Trial, at, created, do_one, keyed, number, organisation, request};

battery! {
    a_change_is_committed_before_it_is_answered,
    a_repeat_under_the_same_key_gets_the_first_answer,
    another_body_under_the_same_key_is_refused,
    a_replay_needs_the_roles_of_the_first,
    a_key_under_way_is_told,
    only_success_binds_a_key,
    a_key_expires,
    a_rejected_change_leaves_nothing,
    a_part_that_fails_leaves_nothing_and_the_rest_stays,
    a_panic_ends_its_own_request_only,
    a_statement_that_fails_unseen_ends_its_own_request_only,
    a_hundred_at_once_are_numbered_without_gaps,
    a_full_queue_refuses,
    organisations_do_not_see_each_other,
    recorded_time_never_goes_back,
    a_change_is_recorded_when_its_turn_comes,
    closing_commits_what_was_queued,
    each_commit_is_told,
    a_long_group_is_committed_in_parts,
}

fn a_change_is_committed_before_it_is_answered(trial: &Trial) {
    let store = trial.store();
    let answered = store
        .change_and_wait(request("a"), |change| {
            let receipt = change.receipt("readings", Counts { received: 1, ..Counts::default() }, &[], &[])?;
            Ok(Answer { status: 201, body: receipt.id.into_bytes(), ..Answer::default() })
        })
        .unwrap();
    assert!(!answered.replayed);
    let id = String::from_utf8(answered.answer.body).unwrap();
    let other = metering_persistence::Store::open(
        metering_persistence::Config { role: metering_persistence::StoreRole::Command, ..trial.config() },
        &trial.key,
    )
    .unwrap();
    let receipt = other.read(&organisation(), |snapshot| receipts::find(snapshot, &id)).unwrap();
    assert_eq!(receipt.counts.received, 1);
    assert_eq!(other.read(&organisation(), |snapshot| snapshot.last_change()).unwrap(), 1);
}

fn a_repeat_under_the_same_key_gets_the_first_answer(trial: &Trial) {
    let store = trial.store();
    let work = || {
        store.change_and_wait(keyed("a", "k"), |change| {
            let body = change.number().to_string().into_bytes();
            Ok(Answer { status: 201, body, location: Some("/x/1".into()), etag: Some("\"1\"".into()) })
        })
    };
    let first = work().unwrap();
    let again = work().unwrap();
    assert!(again.replayed && !first.replayed);
    assert_eq!(again.answer, first.answer);
    // Another path and another client are other scopes.
    let mut elsewhere = keyed("b", "k");
    elsewhere.call.path = "/end-device-events".into();
    assert!(!do_one(&store, elsewhere).unwrap().replayed);
    let mut stranger = keyed("b", "k");
    stranger.principal.id = "mk_other".into();
    assert!(!do_one(&store, stranger).unwrap().replayed);
    assert_eq!(store.read(&organisation(), |snapshot| snapshot.last_change()).unwrap(), 3);
}

fn another_body_under_the_same_key_is_refused(trial: &Trial) {
    let store = trial.store();
    do_one(&store, keyed("a", "k")).unwrap();
    assert!(matches!(do_one(&store, keyed("b", "k")), Err(Error::KeyReused)));
}

fn a_replay_needs_the_roles_of_the_first(trial: &Trial) {
    let store = trial.store();
    let with = |roles: &str| {
        let mut request = keyed("a", "k");
        request.principal.roles = roles.parse().unwrap();
        request
    };
    do_one(&store, with("operator,switching")).unwrap();
    assert!(matches!(do_one(&store, with("operator")), Err(Error::LacksRights)));
    assert!(do_one(&store, with("operator,switching,viewer")).unwrap().replayed);
}

fn a_key_under_way_is_told(trial: &Trial) {
    let store = trial.store();
    let (go, wait) = mpsc::channel::<()>();
    let first = store
        .change(keyed("a", "k"), move |change| {
            wait.recv().unwrap();
            created(change)
        })
        .unwrap();
    assert!(matches!(store.change(keyed("a", "k"), |change| created(change)), Err(Error::KeyInFlight)));
    go.send(()).unwrap();
    first.wait().unwrap();
    assert!(do_one(&store, keyed("a", "k")).unwrap().replayed);
}

fn only_success_binds_a_key(trial: &Trial) {
    let store = trial.store();
    let refused = store.change_and_wait(keyed("a", "k"), |_| Ok(Answer { status: 409, ..Answer::default() }));
    assert_eq!(refused.unwrap().answer.status, 409);
    let failed = store.change_and_wait(keyed("b", "k"), |_| Err(Error::PreconditionFailed));
    assert!(matches!(failed, Err(Error::PreconditionFailed)));
    assert!(!do_one(&store, keyed("c", "k")).unwrap().replayed);
}

fn a_key_expires(trial: &Trial) {
    let store = trial.store();
    do_one(&store, keyed("a", "k")).unwrap();
    let mut later = keyed("b", "k");
    later.received_at = at("2026-12-01T09:59:59Z");
    assert!(matches!(do_one(&store, later.clone()), Err(Error::KeyReused)));
    later.received_at = at("2026-12-01T10:00:00Z");
    assert!(!do_one(&store, later).unwrap().replayed);
}

fn a_rejected_change_leaves_nothing(trial: &Trial) {
    let store = trial.store();
    let outcome = store.change_and_wait(keyed("a", "k"), |change| {
        change.receipt("readings", Counts::default(), &[], &[])?;
        organisations::create(change, &"other".parse().unwrap(), "Other")?;
        Err(Error::Rejected(vec![Violation::new(0, "value", ViolationCode::ValueMissing, "no value")]))
    });
    assert!(matches!(outcome, Err(Error::Rejected(violations)) if violations.len() == 1));
    store
        .read(&organisation(), |snapshot| {
            assert_eq!(organisations::list(snapshot)?.len(), 1);
            assert_eq!(receipts::list(snapshot, &receipts::GetReceipts::default(), 10)?, []);
            assert_eq!(snapshot.last_change()?, 0);
            Ok(())
        })
        .unwrap();
    assert_eq!(number(&do_one(&store, keyed("a", "k")).unwrap()), 1);
}

fn a_part_that_fails_leaves_nothing_and_the_rest_stays(trial: &Trial) {
    let store = trial.store();
    let counts = |received| Counts { received, ..Counts::default() };
    let answered = store.change_and_wait(request("a"), move |change| {
        let undone = change.attempt(|change| {
            let receipt = change.receipt("readings", counts(1), &[], &[])?;
            // Within a part, a part of its own.
            change.attempt(|_| Ok(()))?;
            let there = receipts::find(&mut change.snapshot(), &receipt.id)?;
            assert_eq!(there.counts.received, 1);
            Err::<(), _>(Error::Rejected(Vec::new()))
        });
        assert!(matches!(undone, Err(Error::Rejected(_))));
        let done = change.attempt(|change| change.receipt("readings", counts(2), &[], &[]))?;
        Ok(Answer { status: 201, body: done.id.into_bytes(), ..Answer::default() })
    });
    let id = String::from_utf8(answered.unwrap().answer.body).unwrap();
    let all = receipts::GetReceipts::default();
    let kept = store.read(&organisation(), |snapshot| receipts::list(snapshot, &all, 10)).unwrap();
    let kept: Vec<_> = kept.iter().map(|it| (it.id.as_str(), it.counts.received)).collect();
    assert_eq!(kept, [(id.as_str(), 2)]);
}

fn a_panic_ends_its_own_request_only(trial: &Trial) {
    let store = trial.store();
    // Held up, so that the three that follow make one group.
    let (go, wait) = mpsc::channel::<()>();
    let first = store
        .change(request("a"), move |change| {
            wait.recv().unwrap();
            created(change)
        })
        .unwrap();
    let before = store.change(request("b"), |change| created(change)).unwrap();
    let panicking = store
        .change(request("c"), |change| {
            change.receipt("readings", Counts::default(), &[], &[])?;
            panic!("on purpose")
        })
        .unwrap();
    let after = store.change(request("d"), |change| created(change)).unwrap();
    go.send(()).unwrap();
    assert_eq!(number(&first.wait().unwrap()), 1);
    assert_eq!(number(&before.wait().unwrap()), 2);
    assert!(matches!(panicking.wait(), Err(Error::Failed(_))));
    assert_eq!(number(&after.wait().unwrap()), 3);
    let receipts =
        store.read(&organisation(), |snapshot| receipts::list(snapshot, &receipts::GetReceipts::default(), 10));
    assert_eq!(receipts.unwrap(), []);
}

fn a_statement_that_fails_unseen_ends_its_own_request_only(trial: &Trial) {
    let store = trial.store();
    let two_receipts = store.change_and_wait(request("a"), |change| {
        change.receipt("readings", Counts::default(), &[], &[])?;
        change.receipt("readings", Counts::default(), &[], &[])?;
        created(change)
    });
    assert!(matches!(two_receipts, Err(Error::Failed(_))));
    assert_eq!(number(&do_one(&store, request("b")).unwrap()), 1);
}

fn a_hundred_at_once_are_numbered_without_gaps(trial: &Trial) {
    let store = trial.store();
    let start = Barrier::new(100);
    let mut numbers: Vec<i64> = thread::scope(|scope| {
        let (store, start) = (&store, &start);
        let each = |at: usize| {
            scope.spawn(move || {
                start.wait();
                number(&do_one(store, keyed("a", &at.to_string())).unwrap())
            })
        };
        let all: Vec<_> = (0..100).map(each).collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
}

fn a_full_queue_refuses(trial: &Trial) {
    let config = metering_persistence::Config { waiting: 1, ..trial.config() };
    let store = metering_persistence::Store::open(config, &trial.key).unwrap();
    let (go, wait) = mpsc::channel::<()>();
    let (begun, has_begun) = mpsc::channel::<()>();
    let first = store
        .change(request("a"), move |change| {
            begun.send(()).unwrap();
            wait.recv().unwrap();
            created(change)
        })
        .unwrap();
    has_begun.recv().unwrap();
    let second = store.change(request("b"), |change| created(change)).unwrap();
    assert!(matches!(store.change(request("c"), |change| created(change)), Err(Error::Busy)));
    assert_eq!(store.status().unwrap().waiting, 1);
    go.send(()).unwrap();
    first.wait().unwrap();
    second.wait().unwrap();
    do_one(&store, request("c")).unwrap();
}

fn organisations_do_not_see_each_other(trial: &Trial) {
    let store = trial.store();
    let other: metering_model::OrganisationId = "other".parse().unwrap();
    let mut strange = request("a");
    strange.principal.organisation = other.clone();
    assert!(matches!(do_one(&store, strange.clone()), Err(Error::NotFound)));
    store
        .change_and_wait(request("a"), {
            let other = other.clone();
            move |change| {
                assert!(organisations::create(change, &other, "Other")?);
                assert!(!organisations::create(change, &other, "Another name")?);
                assert!(!organisations::create(change, &"unidentified".parse().unwrap(), "No")?);
                change.receipt("readings", Counts::default(), &[], &[])?;
                created(change)
            }
        })
        .unwrap();
    assert_eq!(number(&do_one(&store, strange).unwrap()), 1);
    let all =
        |of| store.read(of, |snapshot| receipts::list(snapshot, &receipts::GetReceipts::default(), 10)).unwrap().len();
    assert_eq!((all(&organisation()), all(&other)), (1, 0));
    // What belongs to nobody takes no changes.
    let mut nobody = request("a");
    nobody.principal.organisation = "unidentified".parse().unwrap();
    assert!(matches!(do_one(&store, nobody), Err(Error::NotFound)));
}

fn recorded_time_never_goes_back(trial: &Trial) {
    let store = trial.store();
    let record = |received: &str| {
        let mut request = request("a");
        request.received_at = at(received);
        let answered = store.change_and_wait(request, |change| {
            let body = format!("{} {}", change.received_at(), change.recorded_at());
            Ok(Answer { status: 201, body: body.into_bytes(), ..Answer::default() })
        });
        String::from_utf8(answered.unwrap().answer.body).unwrap()
    };
    assert_eq!(record("2026-11-24T10:00:01Z"), "2026-11-24T10:00:01Z 2026-11-24T10:00:01Z");
    assert_eq!(record("2026-11-24T09:00:00Z"), "2026-11-24T09:00:00Z 2026-11-24T10:00:01.000001Z");
    assert_eq!(record("2026-11-24T10:00:01.000001Z"), "2026-11-24T10:00:01.000001Z 2026-11-24T10:00:01.000002Z");
}

/// A change that arrives early and waits long is recorded when its turn comes.
fn a_change_is_recorded_when_its_turn_comes(trial: &Trial) {
    let clock = Clock::new(|| at("2026-11-24T10:05:00Z"));
    let store = Store::open(Config { clock, ..trial.config() }, &trial.key).unwrap();
    let answered = store.change_and_wait(request("a"), |change| {
        let body = format!("{} {}", change.received_at(), change.recorded_at());
        Ok(Answer { status: 201, body: body.into_bytes(), ..Answer::default() })
    });
    let body = String::from_utf8(answered.unwrap().answer.body).unwrap();
    assert_eq!(body, "2026-11-24T10:00:00Z 2026-11-24T10:05:00Z");
}

fn closing_commits_what_was_queued(trial: &Trial) {
    let store = trial.store();
    let queued: Vec<_> = (0..300).map(|_| store.change(request("a"), |change| created(change)).unwrap()).collect();
    store.close();
    assert_eq!(queued.into_iter().map(|it| number(&it.wait().unwrap())).max(), Some(300));
    assert!(matches!(do_one(&store, request("b")), Err(Error::Unavailable(_))));
    assert_eq!(store.read(&organisation(), |snapshot| snapshot.last_change()).unwrap(), 300);
}

fn each_commit_is_told(trial: &Trial) {
    let store = trial.store();
    let committed = store.committed();
    let before = *committed.borrow();
    do_one(&store, request("a")).unwrap();
    assert!(*committed.borrow() > before);
}

/// Others wait for the rows a transaction holds, so it does not go on for as long as there is work.
fn a_long_group_is_committed_in_parts(trial: &Trial) {
    let store = trial.store();
    let (go, wait) = mpsc::channel::<()>();
    let (begun, has_begun) = mpsc::channel::<()>();
    let first = store
        .change(request("a"), move |change| {
            begun.send(()).unwrap();
            wait.recv().unwrap();
            created(change)
        })
        .unwrap();
    has_begun.recv().unwrap();
    let long = store
        .change(request("b"), |change| {
            thread::sleep(std::time::Duration::from_millis(1_100));
            created(change)
        })
        .unwrap();
    let last = store.change(request("c"), |change| created(change)).unwrap();
    let before = *store.committed().borrow();
    go.send(()).unwrap();
    let numbers = [first, long, last].map(|it| number(&it.wait().unwrap()));
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(*store.committed().borrow(), before + 3);
}
