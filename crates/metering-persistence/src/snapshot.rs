//! A read, bound to one organisation.

use metering_model::OrganisationId;

use crate::connection::AnyConnection;
use crate::error::Result;
use crate::key::Keys;
use crate::organisations;

/// The data of one organisation as it stood at one moment; the first argument of everything that
/// reads. [`Store::read`](crate::Store::read) makes it.
pub struct Snapshot<'s> {
    connection: &'s mut AnyConnection,
    organisation: &'s OrganisationId,
    keys: &'s Keys,
}

impl<'s> Snapshot<'s> {
    pub(crate) fn new(connection: &'s mut AnyConnection, organisation: &'s OrganisationId, keys: &'s Keys) -> Self {
        Self { connection, organisation, keys }
    }

    /// Whose data this is.
    #[must_use]
    pub fn organisation(&self) -> &OrganisationId {
        self.organisation
    }

    /// The number of the newest change that can be seen; 0 before the first.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is no such organisation, or those of
    /// the database.
    pub fn last_change(&mut self) -> Result<i64> {
        organisations::last_change(self.connection, self.organisation)
    }

    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        self.connection
    }

    pub(crate) fn keys(&self) -> &Keys {
        self.keys
    }
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("organisation", &self.organisation).finish_non_exhaustive()
    }
}
