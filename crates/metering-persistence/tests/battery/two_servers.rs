//! Two stores on one database: two servers on PostgreSQL, a server and a command on SQLite.

use std::sync::Barrier;
use std::thread;

use metering_model::{Counts, GetMeterReadings, MeterId, TimeStamp};
use metering_persistence::api_keys::{self, NewApiKey};
use metering_persistence::{Config, Error, Store, StoreRole, audit_log, organisations};

use crate::caller::Caller;
use crate::meter_readings::short_form::{Item, all, counts, item, record, values};
use crate::support::{Trial, created, do_one, keyed, number, organisation, request};

battery! {
    numbers_have_no_gaps_and_nothing_is_stored_twice,
    one_key_used_on_both_at_once_is_done_once,
    what_one_revokes_the_other_sees,
    organisations_that_begin_at_once_keep_apart,
    idle_connections_that_were_lost_fail_nobody,
}

const NOW: &str = "2026-11-24T10:00:00Z";

fn two(trial: &Trial) -> [Store; 2] {
    let second = || Store::open(Config { role: StoreRole::Command, ..trial.config() }, &trial.key).unwrap();
    [trial.store(), second()]
}

/// Does `work` for both stores at once.
fn at_once<T: Send>(stores: &[Store; 2], work: impl Fn(usize, &Store) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(stores.len());
    thread::scope(|scope| {
        let each = |at: usize| {
            let (start, work, store) = (&start, &work, &stores[at]);
            scope.spawn(move || {
                start.wait();
                work(at, store)
            })
        };
        let both: Vec<_> = (0..stores.len()).map(each).collect();
        both.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

/// Both write the same meter, partly the same readings; the second to come finds the first's.
fn numbers_have_no_gaps_and_nothing_is_stored_twice(trial: &Trial) {
    let stores = &two(trial);
    let callers = &[0, 1].map(|_| Caller::new(&stores[0], "together", NOW));
    let time = |minute: i64| -> TimeStamp { crate::caller::at("2024-01-15T00:00:00Z").plus_seconds(60 * minute) };
    let message = |from: i64| -> Vec<Item> {
        (from..from + 10).map(|minute| item("m", &time(minute).to_string(), &minute.to_string())).collect()
    };
    // Of each message the half is in the next one too, and both stores send all.
    let done = at_once(stores, |at, store| {
        let mut sum = Counts::default();
        for step in 0..20 {
            let it = record(store, &callers[at], &message(step * 5)).counts;
            sum.inserted += it.inserted;
            sum.unchanged += it.unchanged;
            assert_eq!(it.inserted + it.unchanged, 10);
        }
        sum
    });
    let caller = &callers[0];
    assert_eq!(done.iter().map(|it| it.inserted).sum::<u32>(), 105);
    let found = values(&all(&stores[0], caller, &GetMeterReadings::default()));
    let expected = (0..105).map(|minute| (time(minute).to_string(), Some(minute.to_string()), 1));
    assert_eq!(found, expected.collect::<Vec<_>>());
    for store in stores {
        let read =
            store.read(caller.organisation(), |snapshot| Ok((snapshot.last_change()?, audit_log::verify(snapshot)?)));
        let (last, chain) = read.unwrap();
        assert_eq!(last, 40);
        assert_eq!(chain.unwrap().entries, 40);
    }
}

fn one_key_used_on_both_at_once_is_done_once(trial: &Trial) {
    let stores = &two(trial);
    for key in ["a", "b", "c", "d"] {
        let answers = at_once(stores, |_, store| do_one(store, keyed("body", key)).unwrap());
        assert_eq!(answers.iter().filter(|it| it.replayed).count(), 1, "{key}");
        assert_eq!(number(&answers[0]), number(&answers[1]));
    }
    let other = do_one(&stores[1], keyed("another body", "a"));
    assert!(matches!(other, Err(Error::KeyReused)), "{other:?}");
}

fn what_one_revokes_the_other_sees(trial: &Trial) {
    let [one, other] = &two(trial);
    let roles = "viewer".parse().unwrap();
    let new = NewApiKey { name: "n".into(), roles, quota: 100, expires_at: None };
    one.change_and_wait(request("a"), move |change| {
        api_keys::create(change, &new, &[7; 38])?;
        created(change)
    })
    .unwrap();
    let now = crate::support::at(NOW);
    let is_good = || other.api_key("070707070707").unwrap().unwrap().key.is_good(now);
    assert!(is_good());
    one.change_and_wait(request("b"), |change| {
        api_keys::revoke(change, "070707070707")?;
        created(change)
    })
    .unwrap();
    assert!(!is_good());
}

/// Each organisation's first object gives it a number; two that get theirs at once get different ones.
fn organisations_that_begin_at_once_keep_apart(trial: &Trial) {
    let stores = &two(trial);
    for round in 0..6 {
        let callers = &[0, 1].map(|at| Caller::new(&stores[at], &format!("new-{round}-{at}"), NOW));
        at_once(stores, |at, store| {
            let it = record(store, &callers[at], &[item("m", "2024-01-15T00:15:00Z", &format!("{round}.{at}"))]);
            assert_eq!(it.counts, counts(1, 0, 0, 0));
        });
        for (at, caller) in callers.iter().enumerate() {
            let get = GetMeterReadings { meters: vec!["m".parse::<MeterId>().unwrap()], ..Default::default() };
            let found = values(&all(&stores[0], caller, &get));
            assert_eq!(found[0].1.as_deref(), Some(format!("{round}.{at}").as_str()));
            assert_eq!(found.len(), 1);
        }
    }
    let all = stores[1].read(&organisation(), organisations::list).unwrap();
    assert_eq!(all.len(), 1 + 12);
}

/// Nothing had been begun on them, so new ones take over unseen.
fn idle_connections_that_were_lost_fail_nobody(trial: &Trial) {
    let stores = &two(trial);
    let read = |store: &Store| store.read(&organisation(), |snapshot| snapshot.last_change());
    // Every reader there may be has a connection: both are held at once.
    let held = &Barrier::new(2);
    for store in stores {
        let hold = || {
            store.read(&organisation(), |snapshot| {
                held.wait();
                snapshot.last_change()
            })
        };
        thread::scope(|scope| [scope.spawn(hold), scope.spawn(hold)].map(|it| it.join().unwrap().unwrap()));
    }
    if trial.postgresql().is_some() {
        trial.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
    }
    let answers = at_once(stores, |_, store| (read(store).unwrap(), do_one(store, request("a")).unwrap()));
    assert!(answers.iter().all(|(_, it)| it.answer.status == 201));
    assert_eq!(number(&do_one(&stores[0], request("b")).unwrap()), 3);
}
