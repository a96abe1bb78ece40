//! The nonces that messages were sent with, so that none is done twice.
//!
//! A nonce is stored by the change that does its message: of a message that is refused nothing is
//! left, and of two with one nonce the second sees the first, on whichever server it came in.

use diesel::prelude::*;
use metering_model::{Sha256, TimeStamp};

use crate::change::Change;
use crate::error::Result;
use crate::schema::nonces;

/// Whether the caller has sent a message with the nonce of this hash before, by what is remembered
/// at the time of arrival.
///
/// # Errors
/// Those of the database.
pub fn seen(change: &mut Change<'_>, nonce: &Sha256) -> Result<bool> {
    let (principal, now) = (change.principal(), change.received_at().micros());
    let place = nonces::table.find((principal.organisation.as_str(), &principal.id, nonce.0.as_slice()));
    let until: Option<i64> = place.select(nonces::expires_at).first(change.connection()).optional()?;
    Ok(until.is_some_and(|until| now < until))
}

/// Remembers the nonce of this hash for the caller, until `until`.
///
/// # Errors
/// Those of the database.
pub fn remember(change: &mut Change<'_>, nonce: &Sha256, until: TimeStamp) -> Result<()> {
    let principal = change.principal();
    let row = (
        nonces::organisation_id.eq(principal.organisation.as_str()),
        nonces::principal.eq(&principal.id),
        nonces::sha256.eq(nonce.0.as_slice()),
        nonces::expires_at.eq(until.micros()),
    );
    let place = nonces::table.find((principal.organisation.as_str(), &principal.id, nonce.0.as_slice()));
    diesel::delete(place).execute(change.connection())?;
    diesel::insert_into(nonces::table).values(row).execute(change.connection())?;
    Ok(())
}

/// Removes those that need not be remembered any more.
pub(crate) fn purge(change: &mut Change<'_>) -> Result<()> {
    let (organisation, now) = (change.organisation().as_str(), change.received_at().micros());
    let expired = nonces::organisation_id.eq(organisation).and(nonces::expires_at.le(now));
    diesel::delete(nonces::table.filter(expired)).execute(change.connection())?;
    Ok(())
}
