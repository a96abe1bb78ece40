//! Receipts: what the server did with each request that wrote.

use diesel::prelude::*;
use metering_model::{Counts, Place, Receipt, Sha256, TimeStamp, Violation, ViolationCode};
use serde::{Deserialize, Serialize};

use crate::change::Change;
use crate::error::{Error, Result};
use crate::schema::receipts;
use crate::snapshot::Snapshot;

/// Which receipts are asked for. What is absent does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GetReceipts {
    /// Of requests with this `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// Of requests with this body.
    pub sha256: Option<Sha256>,
    /// Of requests that arrived at this instant or later.
    pub from: Option<TimeStamp>,
}

/// The receipt of this id.
///
/// # Errors
/// [`Error::NotFound`], or those of the database.
pub fn find(snapshot: &mut Snapshot<'_>, id: &str) -> Result<Receipt> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let row: Row = receipts::table.find((organisation, id)).select(Row::as_select()).first(snapshot.connection())?;
    row.try_into()
}

/// The oldest `limit` receipts that fit, in the order of arrival.
///
/// # Errors
/// Those of the database.
pub fn list(snapshot: &mut Snapshot<'_>, get: &GetReceipts, limit: u32) -> Result<Vec<Receipt>> {
    let mut query = receipts::table
        .filter(receipts::organisation_id.eq(snapshot.organisation().as_str().to_owned()))
        .order((receipts::received_at, receipts::id))
        .limit(i64::from(limit))
        .select(Row::as_select())
        .into_boxed();
    if let Some(key) = &get.idempotency_key {
        query = query.filter(receipts::idempotency_key.eq(key));
    }
    if let Some(sha256) = &get.sha256 {
        query = query.filter(receipts::sha256.eq(sha256.0.as_slice()));
    }
    if let Some(from) = get.from {
        query = query.filter(receipts::received_at.ge(from.micros()));
    }
    query.load(snapshot.connection())?.into_iter().map(Receipt::try_from).collect()
}

/// Stores the receipt of `change`.
pub(crate) fn store(change: &mut Change<'_>, receipt: &Receipt) -> Result<()> {
    let content = Content {
        errors: receipt.errors.iter().map(StoredViolation::from).collect(),
        warnings: receipt.warnings.iter().map(StoredViolation::from).collect(),
    };
    let counts = receipt.counts;
    let row = Row {
        id: receipt.id.clone(),
        list: receipt.list.clone(),
        sha256: receipt.sha256.0.to_vec(),
        received_at: receipt.received_at.micros(),
        recorded_at: receipt.recorded_at.micros(),
        items_received: counts.received.into(),
        items_inserted: counts.inserted.into(),
        items_unchanged: counts.unchanged.into(),
        items_superseded: counts.superseded.into(),
        items_kept: counts.kept.into(),
        items_rejected: counts.rejected.into(),
        content: serde_json::to_string(&content).map_err(Error::failed)?,
    };
    diesel::insert_into(receipts::table)
        .values((
            receipts::organisation_id.eq(change.organisation().as_str()),
            receipts::change_number.eq(change.number()),
            receipts::idempotency_key.eq(change.idempotency_key()),
            row,
        ))
        .execute(change.connection())?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = receipts, treat_none_as_default_value = false)]
struct Row {
    id: String,
    list: String,
    sha256: Vec<u8>,
    received_at: i64,
    recorded_at: i64,
    items_received: i64,
    items_inserted: i64,
    items_unchanged: i64,
    items_superseded: i64,
    items_kept: i64,
    items_rejected: i64,
    content: String,
}

impl TryFrom<Row> for Receipt {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let content: Content = serde_json::from_str(&row.content).map_err(Error::failed)?;
        let count = |items: i64| u32::try_from(items).map_err(Error::failed);
        let violations =
            |stored: Vec<StoredViolation>| stored.into_iter().map(Violation::try_from).collect::<Result<Vec<_>>>();
        Ok(Self {
            id: row.id,
            list: row.list,
            sha256: Sha256(row.sha256.as_slice().try_into().map_err(Error::failed)?),
            received_at: TimeStamp::from_micros(row.received_at).map_err(Error::failed)?,
            recorded_at: TimeStamp::from_micros(row.recorded_at).map_err(Error::failed)?,
            counts: Counts {
                received: count(row.items_received)?,
                inserted: count(row.items_inserted)?,
                unchanged: count(row.items_unchanged)?,
                superseded: count(row.items_superseded)?,
                kept: count(row.items_kept)?,
                rejected: count(row.items_rejected)?,
            },
            errors: violations(content.errors)?,
            warnings: violations(content.warnings)?,
        })
    }
}

/// The content column. Its names are short because there may be 100,000 entries.
#[derive(Serialize, Deserialize)]
struct Content {
    errors: Vec<StoredViolation>,
    warnings: Vec<StoredViolation>,
}

#[derive(Serialize, Deserialize)]
struct StoredViolation {
    i: u32,
    f: String,
    c: String,
    d: String,
}

impl From<&Violation> for StoredViolation {
    fn from(violation: &Violation) -> Self {
        Self {
            i: violation.at.item,
            f: violation.at.field.clone().into_owned(),
            c: violation.code.as_str().to_owned(),
            d: violation.detail.clone(),
        }
    }
}

impl TryFrom<StoredViolation> for Violation {
    type Error = Error;

    fn try_from(stored: StoredViolation) -> Result<Self> {
        let code = ViolationCode::from_text(&stored.c)
            .ok_or_else(|| Error::failed(format!("a receipt holds the unknown code {}", stored.c)))?;
        Ok(Self { at: Place { item: stored.i, field: stored.f.into() }, code, detail: stored.d })
    }
}
