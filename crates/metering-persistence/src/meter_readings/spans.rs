//! Days of many series, looked for in one statement.
//!
//! The two back ends part here: PostgreSQL takes arrays, SQLite one JSON text. Either way the
//! statement's text is constant, so it is prepared once per connection.

use std::fmt::Write;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Integer, Nullable, SmallInt, Text};
use diesel::sqlite::Sqlite;

use crate::connection::AnyConnection;
use crate::error::Result;

/// The days from `from` up to and with `to` of one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) owner: i64,
    pub(crate) series: i32,
    pub(crate) from: i32,
    pub(crate) to: i32,
}

/// A block and which of the spans asked for it.
#[derive(Queryable, Debug)]
pub(crate) struct BlockRow {
    pub(crate) span: i32,
    pub(crate) day: i32,
    pub(crate) last_change: i64,
    pub(crate) block: Vec<u8>,
}

/// A value that does not stand and which of the spans asked for it.
#[derive(Queryable, Debug)]
pub(crate) struct RevisionRow {
    pub(crate) span: i32,
    pub(crate) time_stamp: i64,
    pub(crate) revision: i64,
    pub(crate) digits: Option<i64>,
    pub(crate) scale: Option<i16>,
    pub(crate) qualities: String,
    pub(crate) change_number: i64,
    pub(crate) superseded_by: Option<i64>,
    pub(crate) details: Option<Vec<u8>>,
}

impl RevisionRow {
    /// The UTC day, counted from 1970-01-01.
    pub(crate) fn day(&self) -> i64 {
        self.time_stamp.div_euclid(86_400_000_000)
    }
}

/// The blocks of `spans`, in the order of the spans and of the days in each.
pub(crate) fn blocks(connection: &mut AnyConnection, spans: &[Span]) -> Result<Vec<BlockRow>> {
    let mut rows: Vec<BlockRow> = load(connection, spans, Asked::Blocks)?;
    rows.sort_unstable_by_key(|row| (row.span, row.day));
    Ok(rows)
}

/// The last block of each of `spans` that has one, in the order of the spans.
pub(crate) fn last_blocks(connection: &mut AnyConnection, spans: &[Span]) -> Result<Vec<BlockRow>> {
    let mut rows: Vec<BlockRow> = load(connection, spans, Asked::LastBlocks)?;
    rows.sort_unstable_by_key(|row| row.span);
    Ok(rows)
}

/// What does not stand in `spans`, in the order of the spans, of time and of revision.
pub(crate) fn revisions(connection: &mut AnyConnection, spans: &[Span]) -> Result<Vec<RevisionRow>> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let asked = Asked::Revisions;
    let mut rows: Vec<RevisionRow> = match connection {
        AnyConnection::Postgresql(connection) => OfRevisions(Arrays::of(spans, asked)).load(connection)?,
        AnyConnection::Sqlite(connection) => OfRevisions(Json::of(spans, asked)).load(connection)?,
    };
    rows.sort_unstable_by_key(|row| (row.span, row.time_stamp, row.revision));
    Ok(rows)
}

fn load(connection: &mut AnyConnection, spans: &[Span], asked: Asked) -> Result<Vec<BlockRow>> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    Ok(match connection {
        AnyConnection::Postgresql(connection) => OfBlocks(Arrays::of(spans, asked)).load(connection)?,
        AnyConnection::Sqlite(connection) => OfBlocks(Json::of(spans, asked)).load(connection)?,
    })
}

#[derive(Debug, Clone, Copy)]
enum Asked {
    Blocks,
    LastBlocks,
    Revisions,
}

impl Asked {
    /// What is selected and from where; in front of it a `span` table is named, behind it nothing.
    fn sql(self) -> &'static str {
        match self {
            Self::Blocks => {
                "SELECT span.place, it.day, it.last_change, it.block \
                 FROM span JOIN reading_blocks AS it ON it.owner_id = span.owner_id \
                 AND it.series_id = span.series_id AND it.day BETWEEN span.from_day AND span.to_day"
            }
            Self::LastBlocks => {
                "SELECT span.place, it.day, it.last_change, it.block \
                 FROM span JOIN reading_blocks AS it ON it.owner_id = span.owner_id \
                 AND it.series_id = span.series_id AND it.day = (SELECT max(newest.day) \
                 FROM reading_blocks AS newest WHERE newest.owner_id = span.owner_id \
                 AND newest.series_id = span.series_id AND newest.day BETWEEN span.from_day AND span.to_day)"
            }
            Self::Revisions => {
                "SELECT span.place, it.time_stamp, it.revision, it.digits, it.scale, it.qualities, \
                 it.change_number, it.superseded_by, it.details \
                 FROM span JOIN reading_revisions AS it ON it.owner_id = span.owner_id \
                 AND it.series_id = span.series_id AND it.time_stamp BETWEEN \
                 span.from_day * 86400000000 AND span.to_day * 86400000000 + 86399999999"
            }
        }
    }
}

/// The spans as PostgreSQL takes them.
#[derive(Debug)]
struct Arrays {
    asked: Asked,
    places: Vec<i32>,
    owners: Vec<i64>,
    series: Vec<i32>,
    from: Vec<i64>,
    to: Vec<i64>,
}

impl Arrays {
    fn of(spans: &[Span], asked: Asked) -> Self {
        Self {
            asked,
            places: (0..).zip(spans).map(|(place, _)| place).collect(),
            owners: spans.iter().map(|span| span.owner).collect(),
            series: spans.iter().map(|span| span.series).collect(),
            from: spans.iter().map(|span| span.from.into()).collect(),
            to: spans.iter().map(|span| span.to.into()).collect(),
        }
    }
}

impl QueryFragment<Pg> for Arrays {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH span (place, owner_id, series_id, from_day, to_day) AS (SELECT * FROM unnest(");
        out.push_bind_param::<Array<Integer>, _>(&self.places)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.owners)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.series)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.from)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.to)?;
        out.push_sql(")) ");
        out.push_sql(self.asked.sql());
        Ok(())
    }
}

/// The spans as SQLite takes them.
#[derive(Debug)]
struct Json {
    asked: Asked,
    text: String,
}

impl Json {
    fn of(spans: &[Span], asked: Asked) -> Self {
        let mut text = String::with_capacity(spans.len() * 40);
        for Span { owner, series, from, to } in spans {
            text.push(if text.is_empty() { '[' } else { ',' });
            // A String takes everything.
            let _ = write!(text, "[{owner},{series},{from},{to}]");
        }
        text.push(']');
        Self { asked, text }
    }
}

impl QueryFragment<Sqlite> for Json {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(
            "WITH span (place, owner_id, series_id, from_day, to_day) AS MATERIALIZED (SELECT key, \
             value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(",
        );
        out.push_bind_param::<Text, _>(&self.text)?;
        out.push_sql(")) ");
        out.push_sql(self.asked.sql());
        Ok(())
    }
}

/// A statement whose rows are blocks.
struct OfBlocks<S>(S);

/// A statement whose rows are revisions.
struct OfRevisions<S>(S);

macro_rules! statement {
    ($Statement:ident, $Backend:ty, $Connection:ty, $Spans:ty, $Row:ty) => {
        impl QueryFragment<$Backend> for $Statement<$Spans> {
            fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, $Backend>) -> QueryResult<()> {
                self.0.walk_ast(out)
            }
        }
        impl QueryId for $Statement<$Spans> {
            type QueryId = ();
            // Kept by its text.
            const HAS_STATIC_QUERY_ID: bool = false;
        }
        impl Query for $Statement<$Spans> {
            type SqlType = $Row;
        }
        impl RunQueryDsl<$Connection> for $Statement<$Spans> {}
    };
}

type Block = (Integer, Integer, BigInt, Binary);
type Revision =
    (Integer, BigInt, BigInt, Nullable<BigInt>, Nullable<SmallInt>, Text, BigInt, Nullable<BigInt>, Nullable<Binary>);

statement!(OfBlocks, Pg, PgConnection, Arrays, Block);
statement!(OfBlocks, Sqlite, SqliteConnection, Json, Block);
statement!(OfRevisions, Pg, PgConnection, Arrays, Revision);
statement!(OfRevisions, Sqlite, SqliteConnection, Json, Revision);
