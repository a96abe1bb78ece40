//! The first answer under each idempotency key.

use diesel::prelude::*;
use metering_model::Roles;

use crate::change::{Answer, Change, ChangeRequest};
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::schema::idempotency_keys;

const DAY: i64 = 24 * 3600;

#[derive(Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_default_value = false)]
struct NewRow<'a> {
    organisation_id: &'a str,
    principal: &'a str,
    path: &'a str,
    idempotency_key: &'a str,
    roles: String,
    sha256: &'a [u8],
    change_number: i64,
    expires_at: i64,
    status: i32,
    body: &'a [u8],
    location: Option<&'a str>,
    etag: Option<&'a str>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
struct Row {
    roles: String,
    sha256: Vec<u8>,
    expires_at: i64,
    status: i32,
    body: Vec<u8>,
    location: Option<String>,
    etag: Option<String>,
}

/// The answer that was given to `request` before, if its key has one.
///
/// # Errors
/// [`Error::KeyReused`] when the key belongs to another body, [`Error::LacksRights`] when the caller
/// no longer has the roles the answer was given to.
pub(crate) fn answered(connection: &mut AnyConnection, request: &ChangeRequest) -> Result<Option<Answer>> {
    let Some(key) = &request.idempotency_key else { return Ok(None) };
    let principal = &request.principal;
    let place = idempotency_keys::table.find((principal.organisation.as_str(), &principal.id, &request.call.path, key));
    let Some(row) = place.select(Row::as_select()).first(connection).optional()? else { return Ok(None) };
    if row.expires_at <= request.received_at.micros() {
        diesel::delete(place).execute(connection)?;
        return Ok(None);
    }
    if row.sha256 != request.sha256.0 {
        return Err(Error::KeyReused);
    }
    // The same caller may have been something else then.
    let of_the_first: Roles = row.roles.parse().map_err(Error::failed)?;
    if !of_the_first.iter().all(|role| principal.roles.contains(role)) {
        return Err(Error::LacksRights);
    }
    let status = u16::try_from(row.status).map_err(Error::failed)?;
    Ok(Some(Answer { status, body: row.body, location: row.location, etag: row.etag }))
}

/// Keeps `answer` under the key of the change's request, if it has one. Only success binds a key:
/// after anything else the same key may be tried again.
pub(crate) fn bind(change: &mut Change<'_>, answer: &Answer) -> Result<()> {
    let request = change.request();
    let (organisation, now) = (request.principal.organisation.as_str(), request.received_at);
    let Some(key) = &request.idempotency_key else { return Ok(()) };
    if !(200..300).contains(&answer.status) {
        return Ok(());
    }
    let row = NewRow {
        organisation_id: organisation,
        principal: &request.principal.id,
        path: &request.call.path,
        idempotency_key: key,
        roles: request.principal.roles.to_string(),
        sha256: &request.sha256.0,
        change_number: change.number(),
        expires_at: now.plus_seconds(i64::from(change.settings().idempotency_days) * DAY).micros(),
        status: i32::from(answer.status),
        body: &answer.body,
        location: answer.location.as_deref(),
        etag: answer.etag.as_deref(),
    };
    diesel::insert_into(idempotency_keys::table).values(row).execute(change.connection())?;
    Ok(())
}

/// Removes the answers that need not be kept any more.
pub(crate) fn purge(change: &mut Change<'_>) -> Result<()> {
    let (organisation, now) = (change.organisation().as_str(), change.received_at().micros());
    let expired = idempotency_keys::organisation_id.eq(organisation).and(idempotency_keys::expires_at.le(now));
    diesel::delete(idempotency_keys::table.filter(expired)).execute(change.connection())?;
    Ok(())
}
