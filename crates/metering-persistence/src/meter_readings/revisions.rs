//! The table of values that do not stand.

use metering_model::{Decimal, Qualities, ReadingQualityType, Scale, TimeStamp};

use super::block::QualityLists;
use super::merge::Aside;
use super::spans::{self, RevisionRow, Span};
use super::upsert::NewRevision;
use crate::connection::AnyConnection;
use crate::error::{Error, Result};

/// The row of a value that does not stand.
pub(crate) fn row(owner: i64, series: i32, aside: &Aside, lists: &QualityLists) -> NewRevision {
    let Aside { time_stamp, value, qualities, revision, change, superseded_by } = *aside;
    NewRevision {
        owner,
        series,
        time_stamp: time_stamp.micros(),
        revision: revision.into(),
        digits: value.map(Decimal::digits),
        scale: value.map(|value| value.scale().places().into()),
        qualities: lists.get(qualities).map(in_text).unwrap_or_default(),
        change_number: change,
        superseded_by,
    }
}

/// What does not stand of one day of a series.
pub(crate) fn of_day(
    connection: &mut AnyConnection,
    owner: i64,
    series: i32,
    day: i32,
    lists: &mut QualityLists,
) -> Result<Vec<Aside>> {
    let rows = spans::revisions(connection, &[Span { owner, series, from: day, to: day }])?;
    rows.iter().map(|row| aside(row, lists)).collect()
}

/// What a row says.
pub(crate) fn aside(row: &RevisionRow, lists: &mut QualityLists) -> Result<Aside> {
    let value = match (row.digits, row.scale) {
        (Some(digits), Some(scale)) => {
            let scale = u8::try_from(scale).ok().and_then(Scale::new);
            let scale = scale.ok_or_else(|| Error::failed("a stored revision has a scale out of range"))?;
            Some(Decimal::new(digits, scale).map_err(Error::failed)?)
        }
        _ => None,
    };
    Ok(Aside {
        time_stamp: TimeStamp::from_micros(row.time_stamp).map_err(Error::failed)?,
        value,
        qualities: lists.intern(&from_text(&row.qualities)?),
        revision: u32::try_from(row.revision).map_err(Error::failed)?,
        change: row.change_number,
        superseded_by: row.superseded_by,
    })
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
