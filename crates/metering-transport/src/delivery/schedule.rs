//! Controls that become due or expire, moved on in time.
//!
//! The wake-up only informs; what is due, the table decides. So a missed wake-up delays by a
//! second at most, and a start after a long stop needs nothing special.

use std::time::Duration;

use metering_model::OrganisationId;
use metering_persistence::{Answer, Result, end_device_controls};

use super::{all, keep_looking};
use crate::metrics;
use crate::problem::Problem;
use crate::state::State;

/// How long it rests after each look, so that a busy writer is not asked after every commit.
const REST: Duration = Duration::from_millis(250);

/// Looks after what is due, until it is dropped.
pub(crate) async fn run(state: State) {
    keep_looking(&state, "schedule", REST, async || {
        let looked = look(&state).await;
        metrics::upkeep();
        looked
    })
    .await;
}

async fn look(state: &State) -> std::result::Result<(), Problem> {
    let own = state.clone();
    state
        .blocking(move |store| {
            for organisation in all(store)? {
                pass_time(&own, &organisation)?;
            }
            Ok(())
        })
        .await
}

fn pass_time(state: &State, organisation: &OrganisationId) -> Result<()> {
    let (store, now) = (state.store(), state.now());
    while store.read(organisation, end_device_controls::next_due)?.is_some_and(|at| at <= now) {
        let request = state.own_request(organisation, ("SCHEDULE", "/end-device-controls"));
        store.change_and_wait(request, |change| {
            end_device_controls::pass_time(change)?;
            Ok(Answer { status: 200, ..Answer::default() })
        })?;
    }
    Ok(())
}
