//! Changes made by commands: recorded in the change log and the audit log like every other.

use std::sync::mpsc;

use metering_model::{OrganisationId, Principal, Roles, Sha256};
use metering_persistence::Clock;
use metering_persistence::{Answer, Call, Change, ChangeRequest, Error, Store};

use super::Failure;

/// Does `work` as one change of `organisation`, in the name of the command called `name`, and
/// gives what it made once that is on disk.
pub(crate) fn change<T: Send + 'static>(
    store: &Store,
    organisation: &OrganisationId,
    name: &str,
    work: impl FnOnce(&mut Change<'_>) -> metering_persistence::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let now = Clock::system().now();
    let principal = Principal {
        id: "command".to_owned(),
        organisation: organisation.clone(),
        roles: Roles::default(),
        quota: 0,
        limits: None,
    };
    let call = Call {
        organisation: Some(organisation.clone()),
        principal: Some(principal.id.clone()),
        method: "COMMAND".to_owned(),
        path: name.to_owned(),
        status: 0,
        request_id: format!("command-{}-{}", std::process::id(), now.micros()),
        peer: "local".to_owned(),
        at: now,
    };
    let request = ChangeRequest { principal, call, received_at: now, sha256: Sha256([0; 32]), idempotency_key: None };
    // Beside the answer, which would be written down if there were an idempotency key: keys pass here.
    let (tell, told) = mpsc::channel();
    let outcome = store.change_and_wait(request, move |change| {
        let made = work(change)?;
        // The receiver lives until the change has been answered.
        let _ = tell.send(made);
        Ok(Answer { status: 200, ..Answer::default() })
    });
    match outcome {
        Ok(_) => told.recv().map_err(|_| Failure::new("the change gave no answer")),
        Err(Error::NotFound) => {
            Err(Failure::new(format!("{name}: there is no such organisation, or no good key of this id")))
        }
        Err(error) => Err(error.into()),
    }
}
