//! Organisations, and the row of each that its changes take turns by.

use std::collections::BTreeMap;

use diesel::prelude::*;
use metering_model::{OrganisationId, TimeStamp};

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::dialect;
use crate::error::{Error, Result};
use crate::schema::organisations;
use crate::snapshot::Snapshot;

/// The organisation of a new database.
pub const DEFAULT: &str = "default";

/// Where calls are recorded whose caller, and so whose organisation, is not known. No data.
pub(crate) const UNIDENTIFIED: &str = "unidentified";

/// An organisation: whoever belongs to it sees its data and no other's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// What people call it.
    pub name: String,
    /// Since when it is there.
    pub created_at: TimeStamp,
}

/// Adds an organisation. It is recorded as a change of the organisation of the one who does it.
///
/// Returns whether it is new: one that is there already stays as it is.
///
/// # Errors
/// Those of the database.
pub fn create(change: &mut Change<'_>, id: &OrganisationId, name: &str) -> Result<bool> {
    let at = change.received_at();
    add(change.connection(), id.as_str(), name, at)
}

/// All organisations, in the order of their ids: for operators' commands, whoever's snapshot it is.
///
/// # Errors
/// Those of the database.
pub fn list(snapshot: &mut Snapshot<'_>) -> Result<Vec<Organisation>> {
    organisations::table
        .filter(organisations::id.ne(UNIDENTIFIED))
        .order(organisations::id)
        .select((organisations::id, organisations::name, organisations::created_at))
        .load::<(String, String, i64)>(snapshot.connection())?
        .into_iter()
        .map(|(id, name, created_at)| {
            Ok(Organisation {
                id: id.parse().map_err(Error::failed)?,
                name,
                created_at: TimeStamp::from_micros(created_at).map_err(Error::failed)?,
            })
        })
        .collect()
}

/// The number of the newest change of `organisation`.
pub(crate) fn last_change(connection: &mut AnyConnection, organisation: &OrganisationId) -> Result<i64> {
    Ok(organisations::table.find(organisation.as_str()).select(organisations::last_change).first(connection)?)
}

/// Makes the organisations that every database has, if they are not there.
pub(crate) fn prepare(connection: &mut AnyConnection) -> Result<()> {
    let there: Vec<String> = organisations::table
        .filter(organisations::id.eq(DEFAULT).or(organisations::id.eq(UNIDENTIFIED)))
        .select(organisations::id)
        .load(connection)?;
    for (id, name) in [(DEFAULT, "Default"), (UNIDENTIFIED, "Calls of unknown callers")] {
        if !there.iter().any(|it| it == id) {
            add(connection, id, name, TimeStamp::EPOCH)?;
        }
    }
    Ok(())
}

fn add(connection: &mut AnyConnection, id: &str, name: &str, at: TimeStamp) -> Result<bool> {
    let row = Row {
        id,
        name,
        created_at: at.micros(),
        last_change: 0,
        last_change_at: TimeStamp::MIN.micros(),
        audit_number: 0,
        audit_hash: &[0; 32],
    };
    Ok(dialect::insert_unless_there(connection, row)? > 0)
}

#[derive(Insertable, Clone, Copy)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
pub(crate) struct Row<'a> {
    id: &'a str,
    name: &'a str,
    created_at: i64,
    last_change: i64,
    last_change_at: i64,
    audit_number: i64,
    audit_hash: &'a [u8],
}

/// What an organisation's row says about its newest change and audit entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = organisations)]
pub(crate) struct Head {
    pub(crate) last_change: i64,
    pub(crate) last_change_at: i64,
    pub(crate) audit_number: i64,
    pub(crate) audit_hash: Vec<u8>,
}

/// Reads the heads of `ids` and locks them until the end of the transaction; those that are not
/// there are left out. All at once and in order, so that two servers never wait for each other.
pub(crate) fn lock(connection: &mut AnyConnection, ids: &[&str]) -> Result<BTreeMap<String, Head>> {
    let rows = organisations::table.filter(organisations::id.eq_any(ids)).order(organisations::id);
    let rows: Vec<(String, Head)> = match connection {
        // FOR UPDATE is unknown to SQLite, where the transaction has the whole file.
        AnyConnection::Postgresql(postgresql) => {
            rows.select((organisations::id, Head::as_select())).for_update().load(postgresql)?
        }
        AnyConnection::Sqlite(sqlite) => rows.select((organisations::id, Head::as_select())).load(sqlite)?,
    };
    Ok(rows.into_iter().collect())
}

/// The head of one organisation, if it is there.
pub(crate) fn head(connection: &mut AnyConnection, id: &str) -> Result<Option<Head>> {
    Ok(organisations::table.find(id).select(Head::as_select()).first(connection).optional()?)
}

/// Writes a head back.
pub(crate) fn advance(connection: &mut AnyConnection, id: &str, head: &Head) -> Result<()> {
    diesel::update(organisations::table.find(id))
        .set((
            organisations::last_change.eq(head.last_change),
            organisations::last_change_at.eq(head.last_change_at),
            organisations::audit_number.eq(head.audit_number),
            organisations::audit_hash.eq(&head.audit_hash),
        ))
        .execute(connection)?;
    Ok(())
}

/// Writes to the database without changing anything, to find out whether that can be done.
pub(crate) fn probe(connection: &mut AnyConnection) -> Result<()> {
    diesel::update(organisations::table.find(UNIDENTIFIED))
        .set(organisations::last_change.eq(organisations::last_change + 0))
        .execute(connection)?;
    Ok(())
}
