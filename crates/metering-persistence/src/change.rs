//! A write, bound to one organisation and one request.

use std::any::Any;

use metering_model::{Counts, OrganisationId, Principal, Receipt, Sha256, TimeStamp, Violation};
use uuid::{NoContext, Timestamp, Uuid};

use crate::connection::AnyConnection;
use crate::dialect;
use crate::error::{Error, Result};
use crate::key::Keys;
use crate::receipts;
use crate::snapshot::Snapshot;
use crate::store::Settings;

/// What persistence has to know about a request that writes.
#[derive(Debug, Clone)]
pub struct ChangeRequest {
    /// Who asks, and for which organisation.
    pub principal: Principal,
    /// The call as the audit log records it; its status is filled in from the answer.
    pub call: Call,
    /// When the request arrived.
    pub received_at: TimeStamp,
    /// Over the body.
    pub sha256: Sha256,
    /// The `Idempotency-Key`, if there was one.
    pub idempotency_key: Option<String>,
}

/// One call as the audit log records it. Never with bodies or secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Of the caller, if known.
    pub organisation: Option<OrganisationId>,
    /// The key's id or the token's subject, if known.
    pub principal: Option<String>,
    /// The HTTP method, or `COMMAND`.
    pub method: String,
    /// The path, without a query.
    pub path: String,
    /// What was answered; 0 until it is known.
    pub status: u16,
    /// The id that the answer and the log carry too.
    pub request_id: String,
    /// The address the call came from.
    pub peer: String,
    /// When it arrived.
    pub at: TimeStamp,
}

/// What a caller is told about a change. It is kept with the idempotency key, so that a repeat
/// gets the first answer again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// The `Location`, if something new has an address.
    pub location: Option<String>,
    /// The `ETag`, if the answer is one revision of an object.
    pub etag: Option<String>,
}

/// An [`Answer`] that has been committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// Whether it is the first answer again, to a repeat under the same idempotency key.
    pub replayed: bool,
}

/// One request's writing; the first argument of everything that writes.
/// [`Store::change`](crate::Store::change) makes it.
pub struct Change<'w> {
    connection: &'w mut AnyConnection,
    request: &'w ChangeRequest,
    number: i64,
    recorded_at: TimeStamp,
    settings: &'w Settings,
    keys: &'w Keys,
    scratch: &'w mut Scratch,
    receipt: Option<String>,
}

impl<'w> Change<'w> {
    pub(crate) fn new(
        connection: &'w mut AnyConnection,
        request: &'w ChangeRequest,
        (number, recorded_at): (i64, TimeStamp),
        settings: &'w Settings,
        keys: &'w Keys,
        scratch: &'w mut Scratch,
    ) -> Self {
        Self { connection, request, number, recorded_at, settings, keys, scratch, receipt: None }
    }

    /// Whose data is changed.
    #[must_use]
    pub fn organisation(&self) -> &'w OrganisationId {
        &self.request.principal.organisation
    }

    /// Who changes it.
    #[must_use]
    pub fn principal(&self) -> &'w Principal {
        &self.request.principal
    }

    /// The change's number: one more than that of the organisation's change before. The order of
    /// the numbers is the order of the commits.
    #[must_use]
    pub fn number(&self) -> i64 {
        self.number
    }

    /// When the request arrived.
    #[must_use]
    pub fn received_at(&self) -> TimeStamp {
        self.request.received_at
    }

    /// When what it writes counts as recorded: when its turn came, and always later than the change
    /// with the number before, whatever the clock did. So `recordedAfter` an instant that was once
    /// answered misses nothing, and `asOf` it stays the same.
    #[must_use]
    pub fn recorded_at(&self) -> TimeStamp {
        self.recorded_at
    }

    /// The `Idempotency-Key` of the request, if there was one.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&'w str> {
        self.request.idempotency_key.as_deref()
    }

    /// The bounds an operator can set.
    #[must_use]
    pub fn settings(&self) -> &'w Settings {
        self.settings
    }

    /// A new id: a UUID of version 7, made of the time of arrival and random bits.
    #[must_use]
    pub fn new_id(&self) -> String {
        let micros = u64::try_from(self.received_at().micros()).unwrap_or(0);
        let nanos = u32::try_from(micros % 1_000_000).unwrap_or(0) * 1_000;
        Uuid::new_v7(Timestamp::from_unix(NoContext, micros / 1_000_000, nanos)).to_string()
    }

    /// Makes the request's receipt and stores it.
    ///
    /// # Errors
    /// Those of the database; [`Error::Failed`] when the change has a receipt already.
    pub fn receipt(
        &mut self,
        list: &str,
        counts: Counts,
        errors: &[Violation],
        warnings: &[Violation],
    ) -> Result<Receipt> {
        if self.receipt.is_some() {
            return Err(Error::failed("a change has one receipt"));
        }
        let receipt = Receipt {
            id: self.new_id(),
            list: list.to_owned(),
            sha256: self.request.sha256,
            received_at: self.received_at(),
            recorded_at: self.recorded_at,
            counts,
            errors: errors.to_vec(),
            warnings: warnings.to_vec(),
        };
        receipts::store(self, &receipt)?;
        self.receipt = Some(receipt.id.clone());
        Ok(receipt)
    }

    /// Does a part of the change. Of one that fails nothing remains, and the change can go on.
    ///
    /// # Errors
    /// Those of `work`; those of the database, after which the change cannot go on.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let outside = dialect::depth(self.connection)?;
        dialect::begin_savepoint(self.connection)?;
        let receipt = self.receipt.clone();
        match work(self) {
            Ok(done) => dialect::commit(self.connection).map(|()| done),
            Err(error) => {
                self.receipt = receipt;
                dialect::roll_back_to(self.connection, outside).map_err(Error::unavailable)?;
                Err(error)
            }
        }
    }

    /// The same data to read from, with what this change has written so far.
    pub fn snapshot(&mut self) -> Snapshot<'_> {
        Snapshot::new(self.connection, &self.request.principal.organisation, self.keys)
    }

    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        self.connection
    }

    pub(crate) fn request(&self) -> &'w ChangeRequest {
        self.request
    }

    pub(crate) fn keys(&self) -> &'w Keys {
        self.keys
    }

    /// Room to work in that keeps its memory from one change to the next. Take it out by
    /// `std::mem::take` and put it back at the end to use it beside the connection.
    pub(crate) fn scratch<T: Any + Default + Send>(&mut self) -> &mut T {
        self.scratch.room()
    }

    /// The id of the receipt, once there is one.
    pub(crate) fn receipt_id(&self) -> Option<&str> {
        self.receipt.as_deref()
    }
}

impl std::fmt::Debug for Change<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Change")
            .field("organisation", self.organisation())
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// The writer's rooms, one of each type.
#[derive(Default)]
pub(crate) struct Scratch(Vec<Box<dyn Any + Send>>);

impl Scratch {
    fn room<T: Any + Default + Send>(&mut self) -> &mut T {
        let at = match self.0.iter().position(|room| room.is::<T>()) {
            Some(at) => at,
            None => {
                self.0.push(Box::<T>::default());
                self.0.len() - 1
            }
        };
        match self.0[at].downcast_mut() {
            Some(room) => room,
            None => unreachable!("the room was found by its type"),
        }
    }
}
