//! Replies that are owed to addresses: stored before the sender is told that one will come, and
//! removed when it was taken.
//!
//! Who sends them claims them first: a claimed reply is due again only when its lease is over, so
//! two servers do not send it at once, and one that ends meanwhile loses nothing. A reply can arrive
//! twice; its `MessageID` is the same then.

use diesel::prelude::*;
use metering_model::TimeStamp;

use crate::change::Change;
use crate::error::{Error, Result};
use crate::schema::owed_replies;
use crate::snapshot::Snapshot;

/// Replies that an organisation's addresses are owed at most.
const MOST: usize = 10_000;

/// Their bytes.
const MOST_BYTES: i64 = 256 << 20;

/// So long a reply is tried to be delivered, in seconds.
const LIFE: i64 = 24 * 3600;

/// A reply that is to be sent now.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = owed_replies)]
pub struct OwedReply {
    /// Its name in the store.
    pub id: String,
    /// Where it goes.
    pub address: String,
    /// What the body is.
    pub content_type: String,
    /// How often it was tried before.
    pub attempts: i32,
    /// The answer.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for OwedReply {
    /// Without the body, which is nobody's business in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwedReply").field("id", &self.id).field("address", &self.address).finish_non_exhaustive()
    }
}

/// What was found to be due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// Those to send.
    pub replies: Vec<OwedReply>,
    /// The addresses of those that were tried for a day, and are removed.
    pub given_up: Vec<String>,
}

/// Stores a reply, due at once.
///
/// # Errors
/// [`Error::Busy`] where as many wait as may; those of the database.
pub fn owe(change: &mut Change<'_>, address: &str, content_type: &str, body: &[u8]) -> Result<()> {
    let organisation = change.organisation().as_str();
    let bytes = i64::try_from(body.len()).map_err(Error::failed)?;
    let waiting: Vec<i64> = owed_replies::table
        .filter(owed_replies::organisation_id.eq(organisation))
        .select(owed_replies::bytes)
        .load(change.connection())?;
    if waiting.len() >= MOST || waiting.iter().sum::<i64>() + bytes > MOST_BYTES {
        return Err(Error::Busy);
    }
    let now = change.recorded_at();
    let row = (
        owed_replies::organisation_id.eq(organisation),
        owed_replies::id.eq(change.new_id()),
        owed_replies::address.eq(address),
        owed_replies::content_type.eq(content_type),
        owed_replies::attempts.eq(0),
        owed_replies::due_at.eq(now.micros()),
        owed_replies::expires_at.eq(now.plus_seconds(LIFE).micros()),
        owed_replies::bytes.eq(bytes),
        owed_replies::body.eq(body),
    );
    diesel::insert_into(owed_replies::table).values(row).execute(change.connection())?;
    Ok(())
}

/// When the next reply of the organisation becomes due.
///
/// # Errors
/// Those of the database.
pub fn next_due(snapshot: &mut Snapshot<'_>) -> Result<Option<TimeStamp>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let first: Option<i64> = owed_replies::table
        .filter(owed_replies::organisation_id.eq(organisation))
        .order(owed_replies::due_at.asc())
        .select(owed_replies::due_at)
        .first(snapshot.connection())
        .optional()?;
    first.map(|micros| TimeStamp::from_micros(micros).map_err(Error::failed)).transpose()
}

/// Takes up to `most` replies that are due at the time of `change`, the longest due first. They are
/// due again `lease` seconds later, unless they are settled or put off before.
///
/// # Errors
/// Those of the database.
pub fn claim(change: &mut Change<'_>, most: usize, lease: i64) -> Result<Due> {
    let (organisation, now) = (change.organisation().as_str(), change.received_at());
    let whose = owed_replies::organisation_id.eq(organisation);
    let expired: Vec<(String, String)> = owed_replies::table
        .filter(whose.and(owed_replies::due_at.le(now.micros())).and(owed_replies::expires_at.le(now.micros())))
        .select((owed_replies::id, owed_replies::address))
        .load(change.connection())?;
    let mut due = Due::default();
    for (id, address) in expired {
        settle(change, &id)?;
        due.given_up.push(address);
    }
    due.replies = owed_replies::table
        .filter(whose.and(owed_replies::due_at.le(now.micros())))
        .order((owed_replies::due_at.asc(), owed_replies::id.asc()))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(OwedReply::as_select())
        .load(change.connection())?;
    for reply in &due.replies {
        let place = owed_replies::table.find((organisation, &reply.id));
        let until = now.plus_seconds(lease).micros();
        diesel::update(place)
            .set((owed_replies::due_at.eq(until), owed_replies::attempts.eq(owed_replies::attempts + 1)))
            .execute(change.connection())?;
    }
    Ok(due)
}

/// Removes a reply, for it was taken.
///
/// # Errors
/// Those of the database.
pub fn settle(change: &mut Change<'_>, id: &str) -> Result<()> {
    diesel::delete(owed_replies::table.find((change.organisation().as_str(), id))).execute(change.connection())?;
    Ok(())
}

/// Leaves a reply for later, for it was not taken.
///
/// # Errors
/// Those of the database.
pub fn put_off(change: &mut Change<'_>, id: &str, until: TimeStamp) -> Result<()> {
    diesel::update(owed_replies::table.find((change.organisation().as_str(), id)))
        .set(owed_replies::due_at.eq(until.micros()))
        .execute(change.connection())?;
    Ok(())
}
