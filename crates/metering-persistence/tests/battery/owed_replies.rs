//! Replies that are owed to addresses.

use metering_persistence::owed_replies::{Due, claim, next_due, owe, put_off, settle};
use metering_persistence::{Answer, Change, ChangeRequest, Error, Result, Store};

use crate::support::{Trial, at, organisation, request};

battery! {
    a_reply_is_due_until_it_is_settled,
    what_nobody_takes_is_given_up,
    no_more_wait_than_may,
}

const ADDRESS: &str = "https://bus.example/replies";

/// Does something at that time of the day.
fn done<T: Send + 'static>(
    store: &Store,
    time: &str,
    work: impl FnOnce(&mut Change<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (tell, told) = std::sync::mpsc::channel();
    let request = ChangeRequest { received_at: at(&format!("2026-11-{time}Z")), ..request("a") };
    store.change_and_wait(request, move |change| {
        let _ = tell.send(work(change)?);
        Ok(Answer { status: 200, ..Answer::default() })
    })?;
    Ok(told.recv().unwrap())
}

fn owed(store: &Store, time: &str, body: &'static str) {
    done(store, time, move |change| owe(change, ADDRESS, "application/xml", body.as_bytes())).unwrap();
}

fn claimed(store: &Store, time: &str, most: usize) -> Due {
    done(store, time, move |change| claim(change, most, 60)).unwrap()
}

fn bodies(due: &Due) -> Vec<(&str, i32)> {
    due.replies.iter().map(|it| (std::str::from_utf8(&it.body).unwrap(), it.attempts)).collect()
}

fn a_reply_is_due_until_it_is_settled(trial: &Trial) {
    let store = trial.store();
    assert_eq!(store.read(&organisation(), next_due).unwrap(), None);
    owed(&store, "24T10:00:00", "a");
    owed(&store, "24T10:00:01", "b");
    assert_eq!(store.read(&organisation(), next_due).unwrap(), Some(at("2026-11-24T10:00:00Z")));
    assert!(claimed(&store, "24T09:59:59", 9).replies.is_empty());
    let first = claimed(&store, "24T10:00:02", 1);
    assert_eq!(bodies(&first), [("a", 0)]);
    let [reply] = first.replies.as_slice() else { panic!("one") };
    assert_eq!((reply.address.as_str(), reply.content_type.as_str()), (ADDRESS, "application/xml"));
    assert!(!format!("{reply:?}").contains("body"));
    // Whoever claims next gets the other one, and this one when the lease is over.
    let second = claimed(&store, "24T10:00:02", 9);
    assert_eq!(bodies(&second), [("b", 0)]);
    assert!(claimed(&store, "24T10:01:01", 9).replies.is_empty());
    let id = second.replies[0].id.clone();
    done(&store, "24T10:00:03", move |change| settle(change, &id)).unwrap();
    // A server that was started anew owes it too.
    store.close();
    drop(store);
    let store = trial.store();
    let again = claimed(&store, "24T10:01:02", 9);
    assert_eq!(bodies(&again), [("a", 1)]);
    let id = again.replies[0].id.clone();
    done(&store, "24T10:01:03", move |change| put_off(change, &id, at("2026-11-24T10:05:00Z"))).unwrap();
    assert!(claimed(&store, "24T10:04:59", 9).replies.is_empty());
    assert_eq!(bodies(&claimed(&store, "24T10:05:00", 9)), [("a", 2)]);
}

fn what_nobody_takes_is_given_up(trial: &Trial) {
    let store = trial.store();
    owed(&store, "24T10:00:00", "a");
    assert_eq!(claimed(&store, "25T09:59:59", 9).replies.len(), 1);
    let late = claimed(&store, "25T10:01:00", 9);
    assert_eq!((late.given_up.as_slice(), late.replies.len()), ([ADDRESS.to_owned()].as_slice(), 0));
    assert_eq!(store.read(&organisation(), next_due).unwrap(), None);
}

fn no_more_wait_than_may(trial: &Trial) {
    let store = trial.store();
    let full = done(&store, "24T10:00:00", |change| {
        for _ in 0..256 {
            owe(change, ADDRESS, "application/xml", &vec![b' '; 1 << 20])?;
        }
        Ok(owe(change, ADDRESS, "application/xml", b"x"))
    });
    assert!(matches!(full, Ok(Err(Error::Busy))));
}
