//! The table of values that do not stand.

use metering_model::{Decimal, DetailsIndex, Qualities, ReadingQualityType, Scale, TimeStamp};

use super::block::{Stored, Tables};
use super::codec::Bytes;
use super::details;
use super::merge::Aside;
use super::spans::{self, RevisionRow, Span};
use super::upsert::NewRevision;
use crate::connection::AnyConnection;
use crate::error::{Error, Result};

/// The row of a value that does not stand.
pub(crate) fn row(owner: i64, series: i32, aside: &Aside, tables: &Tables) -> NewRevision {
    let Aside { time_stamp, value, qualities, revision, details: _, change, superseded_by } = *aside;
    NewRevision {
        owner,
        series,
        time_stamp: time_stamp.micros(),
        revision: revision.into(),
        digits: value.map(Decimal::digits),
        scale: value.map(|value| value.scale().places().into()),
        qualities: tables.lists.get(qualities).map(in_text).unwrap_or_default(),
        change_number: change,
        superseded_by,
        details: packed_details(aside, tables),
    }
}

/// What does not stand of one day of a series.
pub(crate) fn of_day(
    connection: &mut AnyConnection,
    owner: i64,
    series: i32,
    day: i32,
    tables: &mut Tables,
) -> Result<Vec<Aside>> {
    let rows = spans::revisions(connection, &[Span { owner, series, from: day, to: day }])?;
    rows.iter().map(|row| aside(row, tables)).collect()
}

/// What a row says.
pub(crate) fn aside(row: &RevisionRow, tables: &mut Tables) -> Result<Aside> {
    let value = match (row.digits, row.scale) {
        (Some(digits), Some(scale)) => {
            let scale = u8::try_from(scale).ok().and_then(Scale::new);
            let scale = scale.ok_or_else(|| Error::failed("a stored revision has a scale out of range"))?;
            Some(Decimal::new(digits, scale).map_err(Error::failed)?)
        }
        _ => None,
    };
    let mut aside = Aside {
        time_stamp: TimeStamp::from_micros(row.time_stamp).map_err(Error::failed)?,
        value,
        qualities: tables.lists.intern(&from_text(&row.qualities)?),
        revision: u32::try_from(row.revision).map_err(Error::failed)?,
        details: None,
        change: row.change_number,
        superseded_by: row.superseded_by,
    };
    if let Some(packed) = &row.details {
        aside.details = unpacked_details(packed, &aside, tables)?;
    }
    Ok(aside)
}

/// The details as those of a block of this value alone.
fn packed_details(aside: &Aside, tables: &Tables) -> Option<Vec<u8>> {
    aside.details?;
    let mut out = Vec::new();
    details::pack(&[alone(aside)], &tables.details, &mut Vec::new(), &mut out);
    Some(out)
}

fn unpacked_details(packed: &[u8], aside: &Aside, tables: &mut Tables) -> Result<Option<DetailsIndex>> {
    let (mut bytes, mut stored) = (Bytes(packed), [alone(aside)]);
    let read = details::unpack(&mut bytes, &mut stored, &mut tables.details, &mut Vec::new());
    match read {
        Ok(()) if bytes.0.is_empty() => Ok(stored.iter().find_map(|it| it.details)),
        _ => Err(Error::failed(format!("the details of the stored revision of {} are damaged", aside.time_stamp))),
    }
}

fn alone(aside: &Aside) -> Stored {
    let Aside { time_stamp, value, qualities, revision, details, change, superseded_by: _ } = *aside;
    Stored { time_stamp, value, qualities, revision, details, change }
}

/// The codes with spaces between them.
fn in_text(qualities: &Qualities) -> String {
    let codes: Vec<String> = qualities.iter().map(|code| code.to_string()).collect();
    codes.join(" ")
}

fn from_text(text: &str) -> Result<Qualities> {
    let codes: std::result::Result<Vec<ReadingQualityType>, _> = text.split(' ').map(str::parse).collect();
    Ok(Qualities::new(codes.map_err(Error::failed)?))
}
