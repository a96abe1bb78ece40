//! Controls that become due or expire, moved on in time.
//!
//! The wake-up only informs; what is due, the table decides. So a missed wake-up delays by a
//! second at most, and a start after a long stop needs nothing special.

use std::time::Duration;

use actix_web::rt::time::{sleep, timeout};
use metering_model::{OrganisationId, Principal, Roles, Sha256, TimeStamp};
use metering_persistence::{Answer, Call, ChangeRequest, Error, Result, Store, end_device_controls, organisations};

use crate::metrics;
use crate::problem::Problem;
use crate::state::State;

/// How long it waits for a commit before it looks all the same.
const LONGEST: Duration = Duration::from_secs(1);
/// How long it rests after each look, so that a busy writer is not asked after every commit.
const REST: Duration = Duration::from_millis(250);

/// Looks after every commit and every second; runs until it is dropped.
pub(crate) async fn run(state: State) {
    let mut committed = state.store().committed();
    let mut failed = false;
    loop {
        match look(&state).await {
            Ok(()) => failed = false,
            // Once, not every second, while a database is away.
            Err(problem) if !failed => {
                problem.log("schedule");
                failed = true;
            }
            Err(_) => {}
        }
        metrics::upkeep();
        sleep(REST).await;
        if let Ok(Err(_)) = timeout(LONGEST, committed.changed()).await {
            // The store was closed; there is nothing to look after any more.
            return;
        }
    }
}

async fn look(state: &State) -> std::result::Result<(), Problem> {
    let now = state.now();
    state
        .blocking(move |store| {
            for organisation in all(store)? {
                pass_time(store, &organisation, now)?;
            }
            Ok(())
        })
        .await
}

/// Every organisation: work in the background is bound to one like any other, one after the other.
fn all(store: &Store) -> Result<Vec<OrganisationId>> {
    let default = organisations::DEFAULT.parse().map_err(|_| Error::NotFound)?;
    store.read(&default, |snapshot| Ok(organisations::list(snapshot)?.into_iter().map(|it| it.id).collect()))
}

fn pass_time(store: &Store, organisation: &OrganisationId, now: TimeStamp) -> Result<()> {
    let due = |at: TimeStamp| at <= now;
    while store.read(organisation, end_device_controls::next_due)?.is_some_and(due) {
        store.change_and_wait(request(organisation, now), |change| {
            end_device_controls::pass_time(change)?;
            Ok(Answer { status: 200, ..Answer::default() })
        })?;
    }
    Ok(())
}

/// The server's own request.
fn request(organisation: &OrganisationId, now: TimeStamp) -> ChangeRequest {
    const SERVER: &str = "server";
    ChangeRequest {
        principal: Principal {
            id: SERVER.to_owned(),
            organisation: organisation.clone(),
            roles: Roles::default(),
            quota: 0,
            limits: None,
        },
        call: Call {
            organisation: Some(organisation.clone()),
            principal: Some(SERVER.to_owned()),
            method: "SCHEDULE".to_owned(),
            path: "/end-device-controls".to_owned(),
            status: 0,
            request_id: String::new(),
            peer: String::new(),
            at: now,
        },
        received_at: now,
        sha256: Sha256([0; 32]),
        idempotency_key: None,
    }
}
