//! Objects that were heard of before anybody configured them, and where internal ids come from.

use diesel::prelude::*;
use metering_model::{ConfigurationKind, TimeStamp, ViolationCode};

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::dialect::insert_rows;
use crate::error::Result;
use crate::schema::{identified_object_counters, identified_objects};
use crate::store::Provisional;

use super::objects::{Candidate, ROWS_PER_STATEMENT, Space, ViolationKind, unknown};

#[derive(Insertable, Debug)]
#[diesel(table_name = identified_objects, treat_none_as_default_value = false)]
pub(super) struct NewObject<'a> {
    pub(super) id: i64,
    pub(super) organisation_id: &'a str,
    pub(super) space: &'a str,
    pub(super) kind: &'a str,
    pub(super) mrid: &'a str,
    pub(super) status: &'a str,
    pub(super) revision: i64,
    pub(super) serial_number: Option<&'a str>,
    pub(super) content: Option<&'a str>,
    pub(super) recorded_at: i64,
    pub(super) change_number: i64,
}

/// Makes as many of `ids` as the settings allow, from the first on.
pub(super) fn make_provisional(
    change: &mut Change<'_>,
    ids: &[(ConfigurationKind, &str)],
) -> Result<Vec<std::result::Result<Candidate, ViolationKind>>> {
    let ceiling = match change.settings().provisional {
        Provisional::Refuse => return Ok(ids.iter().map(|(kind, id)| Err(unknown(*kind, id))).collect()),
        Provisional::Accept { ceiling } => ceiling,
    };
    let organisation = change.organisation().as_str().to_owned();
    let (number, at) = (change.number(), change.recorded_at());
    let there = provisional(change.connection(), &organisation)?;
    let room = usize::try_from(ceiling.saturating_sub(there)).unwrap_or(usize::MAX).min(ids.len());
    let (fit, rest) = ids.split_at(room);

    let first = draw_ids(change.connection(), &organisation, fit.len())?;
    let rows: Vec<_> = (first..).zip(fit).map(|(id, of)| bare(id, &organisation, *of, at, number)).collect();
    for some in rows.chunks(ROWS_PER_STATEMENT) {
        insert_rows!(change.connection(), identified_objects::table, some)?;
    }
    let made = rows.iter().map(|row| {
        Ok(Candidate { id: row.id, kind: row.kind.into(), mrid: row.mrid.into(), status: row.status.into() })
    });
    let refused = rest.iter().map(|(kind, id)| {
        let detail = format!(
            "`{id}` is not configured, and {there} unconfigured objects are there already, which is all that the settings allow; configure the {}",
            kind.in_words()
        );
        Err(ViolationKind { code: ViolationCode::TooManyProvisional, detail })
    });
    Ok(made.chain(refused).collect())
}

fn bare<'a>(
    id: i64,
    organisation_id: &'a str,
    (kind, mrid): (ConfigurationKind, &'a str),
    at: TimeStamp,
    change_number: i64,
) -> NewObject<'a> {
    NewObject {
        id,
        organisation_id,
        space: Space::of(kind).as_str(),
        kind: kind.as_str(),
        mrid,
        status: "provisional",
        revision: 0,
        serial_number: None,
        content: None,
        recorded_at: at.micros(),
        change_number,
    }
}

/// How many provisional objects the organisation has.
fn provisional(connection: &mut AnyConnection, organisation: &str) -> Result<u64> {
    let count: i64 = identified_objects::table
        .filter(identified_objects::organisation_id.eq(organisation))
        .filter(identified_objects::status.eq("provisional"))
        .count()
        .get_result(connection)?;
    Ok(count.unsigned_abs())
}

/// Draws `count` internal ids that follow each other; the first of them.
pub(super) fn draw_ids(connection: &mut AnyConnection, organisation: &str, count: usize) -> Result<i64> {
    use identified_object_counters as counters;

    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let drawn: Option<(i64, i64)> = diesel::update(counters::table.find(organisation))
        .set(counters::last.eq(counters::last + count))
        .returning((counters::number, counters::last))
        .get_result(connection)
        .optional()?;
    let (number, last) = match drawn {
        Some(drawn) => drawn,
        None => {
            let largest: Option<i64> =
                counters::table.select(diesel::dsl::max(counters::number)).get_result(connection)?;
            let number = largest.unwrap_or(0) + 1;
            let row =
                (counters::organisation_id.eq(organisation), counters::number.eq(number), counters::last.eq(count));
            diesel::insert_into(counters::table).values(row).execute(connection)?;
            (number, count)
        }
    };
    // 2^40 objects for each of 2^23 organisations.
    Ok((number << 40) + last - count + 1)
}
