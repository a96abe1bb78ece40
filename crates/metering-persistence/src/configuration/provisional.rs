//! Objects that were heard of before anybody configured them, and where internal ids come from.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use metering_model::{ConfigurationKind, ViolationCode};

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::schema::{identified_object_counters, identified_objects};
use crate::store::Provisional;

use super::arrays::InsertBare;
use super::objects::{Candidate, ROWS_PER_STATEMENT, Space, ViolationKind, unknown};

/// The status of what is not configured.
const PROVISIONAL: &str = "provisional";

/// How often an organisation's number is tried for; each failure is another's success.
const ATTEMPTS: usize = 16;

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
    let first = draw_ids(change.connection(), &organisation, ids.len())?;
    // Where all there ever were fit below the ceiling, nobody has to count those that still are
    // provisional. Ids that are drawn in vain are no loss.
    let there = if drawn(first).saturating_add(ids.len() as u64 - 1) <= ceiling {
        0
    } else {
        provisional(change.connection(), &organisation)?
    };
    let room = usize::try_from(ceiling.saturating_sub(there)).unwrap_or(usize::MAX).min(ids.len());
    let (fit, rest) = ids.split_at(room);
    let rows: Vec<_> = (first..).zip(fit).map(|(id, of)| Bare::new(id, *of)).collect();
    insert(change, &rows)?;
    let made = rows.iter().map(|row| {
        Ok(Candidate { id: row.id, kind: row.kind.into(), mrid: row.mrid.into(), status: PROVISIONAL.into() })
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

/// An object of which only the id is known.
pub(super) struct Bare<'a> {
    pub(super) id: i64,
    pub(super) space: &'a str,
    pub(super) kind: &'a str,
    pub(super) mrid: &'a str,
}

impl<'a> Bare<'a> {
    fn new(id: i64, (kind, mrid): (ConfigurationKind, &'a str)) -> Self {
        Self { id, space: Space::of(kind).as_str(), kind: kind.as_str(), mrid }
    }
}

fn insert(change: &mut Change<'_>, rows: &[Bare<'_>]) -> Result<()> {
    let organisation_id = change.organisation().as_str();
    let (change_number, recorded_at) = (change.number(), change.recorded_at().micros());
    for some in rows.chunks(ROWS_PER_STATEMENT) {
        match change.connection() {
            AnyConnection::Postgresql(connection) => {
                InsertBare::new(organisation_id, (change_number, recorded_at), some).execute(connection)?;
            }
            AnyConnection::Sqlite(connection) => {
                let whole = some.iter().map(|it| NewObject {
                    id: it.id,
                    organisation_id,
                    space: it.space,
                    kind: it.kind,
                    mrid: it.mrid,
                    status: PROVISIONAL,
                    revision: 0,
                    serial_number: None,
                    content: None,
                    recorded_at,
                    change_number,
                });
                let rows: Vec<NewObject<'_>> = whole.collect();
                diesel::insert_into(identified_objects::table).values(rows).execute(connection)?;
            }
        }
    }
    Ok(())
}

/// How many provisional objects the organisation has.
fn provisional(connection: &mut AnyConnection, organisation: &str) -> Result<u64> {
    let count: i64 = identified_objects::table
        .filter(identified_objects::organisation_id.eq(organisation))
        .filter(identified_objects::status.eq(PROVISIONAL))
        .count()
        .get_result(connection)?;
    Ok(count.unsigned_abs())
}

/// Internal ids are the organisation's number and a count of 40 bits: 2^40 objects for each of 2^23
/// organisations.
const BITS_OF_COUNT: u32 = 40;

/// The count in an internal id: as many as this were drawn up to it.
fn drawn(id: i64) -> u64 {
    id.unsigned_abs() & ((1 << BITS_OF_COUNT) - 1)
}

/// Draws `count` internal ids that follow each other; the first of them.
pub(super) fn draw_ids(connection: &mut AnyConnection, organisation: &str, count: usize) -> Result<i64> {
    use identified_object_counters as counters;

    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let draw = |connection: &mut AnyConnection| {
        diesel::update(counters::table.find(organisation))
            .set(counters::last.eq(counters::last + count))
            .returning((counters::number, counters::last))
            .get_result::<(i64, i64)>(connection)
            .optional()
    };
    let (number, last) = match draw(connection)? {
        Some(drawn) => drawn,
        None => {
            number_organisation(connection, organisation)?;
            draw(connection)?.ok_or_else(|| Error::failed("an organisation has lost its number"))?
        }
    };
    Ok((number << BITS_OF_COUNT) + last - count + 1)
}

/// Gives an organisation its number. Another server may give the same to another organisation at
/// the same time; who comes second takes the next one.
fn number_organisation(connection: &mut AnyConnection, organisation: &str) -> Result<()> {
    use identified_object_counters as counters;

    for _ in 0..ATTEMPTS {
        let largest: Option<i64> = counters::table.select(diesel::dsl::max(counters::number)).get_result(connection)?;
        let row = (
            counters::organisation_id.eq(organisation),
            counters::number.eq(largest.unwrap_or(0) + 1),
            counters::last.eq(0),
        );
        // Behind a savepoint, for on PostgreSQL an error spoils all that came before.
        let inserted =
            connection.transaction(|connection| diesel::insert_into(counters::table).values(row).execute(connection));
        match inserted {
            Err(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {}
            other => return other.map(drop).map_err(Error::from),
        }
    }
    Err(Error::Busy)
}
