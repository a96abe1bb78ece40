//! What happens by itself; it knows no endpoint.

use std::time::Duration;

use actix_web::rt::time::{sleep, timeout};
use metering_model::OrganisationId;
use metering_persistence::{Error, Result, Store, organisations};

use crate::problem::Problem;
use crate::state::State;

pub(crate) mod replies;
pub(crate) mod schedule;

/// How long it waits for a commit before it looks all the same.
const LONGEST: Duration = Duration::from_secs(1);

/// Looks after every commit and every second, until the store is closed. `rest` is how long it does
/// not look after each time, so that a busy writer is not asked after every commit.
async fn keep_looking(
    state: &State,
    what: &str,
    rest: Duration,
    mut look: impl AsyncFnMut() -> std::result::Result<(), Problem>,
) {
    let mut committed = state.store().committed();
    let mut failed = false;
    loop {
        match look().await {
            Ok(()) => failed = false,
            // Once, not every second, while a database is away.
            Err(problem) if !failed => {
                problem.log(what);
                failed = true;
            }
            Err(_) => {}
        }
        sleep(rest).await;
        if let Ok(Err(_)) = timeout(LONGEST, committed.changed()).await {
            return;
        }
    }
}

/// Every organisation: work in the background is bound to one like any other, one after the other.
fn all(store: &Store) -> Result<Vec<OrganisationId>> {
    let default = organisations::DEFAULT.parse().map_err(|_| Error::NotFound)?;
    store.read(&default, |snapshot| Ok(organisations::list(snapshot)?.into_iter().map(|it| it.id).collect()))
}
