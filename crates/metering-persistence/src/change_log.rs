//! The log of changes: every request that wrote, by number.

use std::collections::BTreeMap;

use diesel::prelude::*;
use metering_model::{RecordedBy, TimeStamp};

use crate::change::{Answer, Change};
use crate::error::{Error, Result};
use crate::schema::change_log;
use crate::snapshot::Snapshot;

#[derive(Insertable)]
#[diesel(table_name = change_log, treat_none_as_default_value = false)]
struct Row<'a> {
    organisation_id: &'a str,
    number: i64,
    principal: &'a str,
    method: &'a str,
    path: &'a str,
    request_id: &'a str,
    received_at: i64,
    recorded_at: i64,
    sha256: &'a [u8],
    status: i32,
    receipt_id: Option<&'a str>,
}

/// Writes the row of `change`, at its end.
pub(crate) fn write(change: &mut Change<'_>, answer: &Answer) -> Result<()> {
    let request = change.request();
    let receipt_id = change.receipt_id().map(str::to_owned);
    let row = Row {
        organisation_id: request.principal.organisation.as_str(),
        number: change.number(),
        principal: &request.principal.id,
        method: &request.call.method,
        path: &request.call.path,
        request_id: &request.call.request_id,
        received_at: request.received_at.micros(),
        recorded_at: change.recorded_at().micros(),
        sha256: &request.sha256.0,
        status: i32::from(answer.status),
        receipt_id: receipt_id.as_deref(),
    };
    diesel::insert_into(change_log::table).values(row).execute(change.connection())?;
    Ok(())
}

/// When the changes of these numbers were recorded, and under which receipt; those without a
/// receipt have an empty one.
pub(crate) fn recorded_by(snapshot: &mut Snapshot<'_>, numbers: &[i64]) -> Result<BTreeMap<i64, RecordedBy>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let mut found = BTreeMap::new();
    // SQLite takes no more than 32,766 parameters.
    for some in numbers.chunks(10_000) {
        let rows: Vec<(i64, i64, Option<String>)> = change_log::table
            .filter(change_log::organisation_id.eq(&organisation).and(change_log::number.eq_any(some)))
            .select((change_log::number, change_log::recorded_at, change_log::receipt_id))
            .load(snapshot.connection())?;
        for (number, recorded_at, receipt) in rows {
            let recorded_at = TimeStamp::from_micros(recorded_at).map_err(Error::failed)?;
            found.insert(number, RecordedBy { recorded_at, receipt: receipt.unwrap_or_default() });
        }
    }
    Ok(found)
}

/// The number of the newest change that was recorded at `instant` or before; 0 when there is none.
/// Each change is recorded later than the one before, so what was known then is exactly what these
/// numbers wrote.
pub(crate) fn number_at(snapshot: &mut Snapshot<'_>, instant: TimeStamp) -> Result<i64> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let number = change_log::table
        .filter(change_log::organisation_id.eq(organisation).and(change_log::recorded_at.le(instant.micros())))
        .order((change_log::recorded_at.desc(), change_log::number.desc()))
        .select(change_log::number)
        .first(snapshot.connection())
        .optional()?;
    Ok(number.unwrap_or(0))
}
