//! What happens by itself; it knows no endpoint.

use metering_model::OrganisationId;
use metering_persistence::{Error, Result, Store, organisations};

pub(crate) mod replies;
pub(crate) mod schedule;

/// Every organisation: work in the background is bound to one like any other, one after the other.
fn all(store: &Store) -> Result<Vec<OrganisationId>> {
    let default = organisations::DEFAULT.parse().map_err(|_| Error::NotFound)?;
    store.read(&default, |snapshot| Ok(organisations::list(snapshot)?.into_iter().map(|it| it.id).collect()))
}
