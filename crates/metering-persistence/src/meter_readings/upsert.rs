//! Rows written in as few statements as possible, over what is there.
//!
//! The two back ends part here: PostgreSQL takes an array for each column, SQLite many rows of
//! values. Statements are of few sizes, so that each is prepared once per connection.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Binary, Integer, Nullable, SmallInt, Text};
use diesel::sqlite::Sqlite;

use crate::connection::AnyConnection;
use crate::error::Result;

/// How many rows a statement of many has on SQLite.
const ROWS_ON_SQLITE: usize = 32;
/// How many on PostgreSQL; bounds what one statement holds in memory on both sides.
const ROWS_ON_POSTGRESQL: usize = 2_000;

/// A row of `reading_blocks`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewBlock<'a> {
    pub(crate) owner: i64,
    pub(crate) series: i32,
    pub(crate) day: i32,
    pub(crate) last_change: i64,
    pub(crate) readings: i32,
    pub(crate) block: &'a [u8],
}

/// A row of `series`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewSeries<'a> {
    pub(crate) owner: i64,
    pub(crate) series: i32,
    pub(crate) reading_type: &'a str,
    pub(crate) usage_point: Option<&'a str>,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) readings: i64,
    pub(crate) created_change: i64,
}

/// Writes `rows`, no key twice.
pub(crate) fn blocks(connection: &mut AnyConnection, rows: &[NewBlock<'_>]) -> Result<()> {
    write(connection, rows)
}

/// Inserts `rows`, none of which is there.
pub(crate) fn revisions(connection: &mut AnyConnection, rows: &[NewRevision]) -> Result<()> {
    write(connection, rows)
}

/// Writes `rows`, no key twice.
pub(crate) fn series(connection: &mut AnyConnection, rows: &[NewSeries<'_>]) -> Result<()> {
    write(connection, rows)
}

/// A row of `reading_revisions`.
#[derive(Debug)]
pub(crate) struct NewRevision {
    pub(crate) owner: i64,
    pub(crate) series: i32,
    pub(crate) time_stamp: i64,
    pub(crate) revision: i64,
    pub(crate) digits: Option<i64>,
    pub(crate) scale: Option<i16>,
    pub(crate) qualities: String,
    pub(crate) change_number: i64,
    pub(crate) superseded_by: Option<i64>,
    /// Packed as in a block.
    pub(crate) details: Option<Vec<u8>>,
}

fn write<R: Row>(connection: &mut AnyConnection, rows: &[R]) -> Result<()> {
    match connection {
        AnyConnection::Postgresql(connection) => {
            for some in rows.chunks(ROWS_ON_POSTGRESQL) {
                Arrays::<R>(R::columns(some)).execute(connection)?;
            }
        }
        AnyConnection::Sqlite(connection) => {
            let many = rows.chunks_exact(ROWS_ON_SQLITE);
            for one in many.remainder().chunks(1) {
                Values(one).execute(connection)?;
            }
            for some in many {
                Values(some).execute(connection)?;
            }
        }
    }
    Ok(())
}

/// What is told of a table to write its rows.
trait Row: Sized {
    /// Table and columns.
    const INTO: &'static str;
    /// What is set where the key is there already, if that may be.
    const OVER: &'static str;
    /// The columns as PostgreSQL takes them.
    type Columns: QueryFragment<Pg>;

    fn columns(rows: &[Self]) -> Self::Columns;
    fn values<'b>(&'b self, out: &mut AstPass<'_, 'b, Sqlite>) -> QueryResult<()>;
}

impl<'a> Row for NewBlock<'a> {
    const INTO: &'static str = "reading_blocks (owner_id, series_id, day, last_change, readings, block)";
    const OVER: &'static str = " ON CONFLICT (owner_id, series_id, day) DO UPDATE SET \
         last_change = excluded.last_change, readings = excluded.readings, block = excluded.block";
    type Columns = BlockColumns<'a>;

    fn columns(rows: &[Self]) -> BlockColumns<'a> {
        BlockColumns {
            owners: rows.iter().map(|row| row.owner).collect(),
            series: rows.iter().map(|row| row.series).collect(),
            days: rows.iter().map(|row| row.day).collect(),
            last_changes: rows.iter().map(|row| row.last_change).collect(),
            readings: rows.iter().map(|row| row.readings).collect(),
            blocks: rows.iter().map(|row| row.block).collect(),
        }
    }

    fn values<'b>(&'b self, out: &mut AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let Self { owner, series, day, last_change, readings, block } = self;
        out.push_sql("(");
        out.push_bind_param::<BigInt, _>(owner)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(series)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(day)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(last_change)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(readings)?;
        out.push_sql(", ");
        out.push_bind_param::<Binary, _>(block)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<'a> Row for NewSeries<'a> {
    const INTO: &'static str = "series (owner_id, series_id, reading_type, usage_point, \
         first_time_stamp, last_time_stamp, readings, created_change)";
    const OVER: &'static str = " ON CONFLICT (owner_id, series_id) DO UPDATE SET usage_point = excluded.usage_point, \
         first_time_stamp = excluded.first_time_stamp, last_time_stamp = excluded.last_time_stamp, \
         readings = excluded.readings";
    type Columns = SeriesColumns<'a>;

    fn columns(rows: &[Self]) -> SeriesColumns<'a> {
        SeriesColumns {
            owners: rows.iter().map(|row| row.owner).collect(),
            series: rows.iter().map(|row| row.series).collect(),
            reading_types: rows.iter().map(|row| row.reading_type).collect(),
            usage_points: rows.iter().map(|row| row.usage_point).collect(),
            first: rows.iter().map(|row| row.first).collect(),
            last: rows.iter().map(|row| row.last).collect(),
            readings: rows.iter().map(|row| row.readings).collect(),
            created_changes: rows.iter().map(|row| row.created_change).collect(),
        }
    }

    fn values<'b>(&'b self, out: &mut AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let Self { owner, series, reading_type, usage_point, first, last, readings, created_change } = self;
        out.push_sql("(");
        out.push_bind_param::<BigInt, _>(owner)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(series)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(reading_type)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Text>, _>(usage_point)?;
        for number in [first, last, readings, created_change] {
            out.push_sql(", ");
            out.push_bind_param::<BigInt, _>(number)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl Row for NewRevision {
    const INTO: &'static str = "reading_revisions (owner_id, series_id, time_stamp, revision, digits, scale, \
         qualities, change_number, superseded_by, details)";
    const OVER: &'static str = "";
    type Columns = RevisionColumns;

    fn columns(rows: &[Self]) -> RevisionColumns {
        RevisionColumns {
            owners: rows.iter().map(|row| row.owner).collect(),
            series: rows.iter().map(|row| row.series).collect(),
            time_stamps: rows.iter().map(|row| row.time_stamp).collect(),
            revisions: rows.iter().map(|row| row.revision).collect(),
            digits: rows.iter().map(|row| row.digits).collect(),
            scales: rows.iter().map(|row| row.scale).collect(),
            qualities: rows.iter().map(|row| row.qualities.clone()).collect(),
            change_numbers: rows.iter().map(|row| row.change_number).collect(),
            superseded_by: rows.iter().map(|row| row.superseded_by).collect(),
            details: rows.iter().map(|row| row.details.clone()).collect(),
        }
    }

    fn values<'b>(&'b self, out: &mut AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let Self {
            owner,
            series,
            time_stamp,
            revision,
            digits,
            scale,
            qualities,
            change_number,
            superseded_by,
            details,
        } = self;
        out.push_sql("(");
        out.push_bind_param::<BigInt, _>(owner)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(series)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(time_stamp)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(revision)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<BigInt>, _>(digits)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<SmallInt>, _>(scale)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(qualities)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(change_number)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<BigInt>, _>(superseded_by)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Binary>, _>(details)?;
        out.push_sql(")");
        Ok(())
    }
}

#[derive(Debug)]
struct BlockColumns<'a> {
    owners: Vec<i64>,
    series: Vec<i32>,
    days: Vec<i32>,
    last_changes: Vec<i64>,
    readings: Vec<i32>,
    blocks: Vec<&'a [u8]>,
}

impl QueryFragment<Pg> for BlockColumns<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<BigInt>, _>(&self.owners)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.series)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.days)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.last_changes)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.readings)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.blocks)
    }
}

#[derive(Debug)]
struct SeriesColumns<'a> {
    owners: Vec<i64>,
    series: Vec<i32>,
    reading_types: Vec<&'a str>,
    usage_points: Vec<Option<&'a str>>,
    first: Vec<i64>,
    last: Vec<i64>,
    readings: Vec<i64>,
    created_changes: Vec<i64>,
}

impl QueryFragment<Pg> for SeriesColumns<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<BigInt>, _>(&self.owners)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.series)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.reading_types)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.usage_points)?;
        for numbers in [&self.first, &self.last, &self.readings, &self.created_changes] {
            out.push_sql(", ");
            out.push_bind_param::<Array<BigInt>, _>(numbers)?;
        }
        Ok(())
    }
}

#[derive(Debug)]
struct RevisionColumns {
    owners: Vec<i64>,
    series: Vec<i32>,
    time_stamps: Vec<i64>,
    revisions: Vec<i64>,
    digits: Vec<Option<i64>>,
    scales: Vec<Option<i16>>,
    qualities: Vec<String>,
    change_numbers: Vec<i64>,
    superseded_by: Vec<Option<i64>>,
    details: Vec<Option<Vec<u8>>>,
}

impl QueryFragment<Pg> for RevisionColumns {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<BigInt>, _>(&self.owners)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.series)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.time_stamps)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.revisions)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<BigInt>>, _>(&self.digits)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<SmallInt>>, _>(&self.scales)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.qualities)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.change_numbers)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<BigInt>>, _>(&self.superseded_by)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Binary>>, _>(&self.details)
    }
}

/// The statement for PostgreSQL.
struct Arrays<R: Row>(R::Columns);

impl<R: Row> QueryFragment<Pg> for Arrays<R> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO ");
        out.push_sql(R::INTO);
        out.push_sql(" SELECT * FROM unnest(");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(")");
        out.push_sql(R::OVER);
        Ok(())
    }
}

impl<R: Row> QueryId for Arrays<R> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<R: Row> RunQueryDsl<PgConnection> for Arrays<R> {}

/// The statement for SQLite.
struct Values<'a, R>(&'a [R]);

impl<R: Row> QueryFragment<Sqlite> for Values<'_, R> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("INSERT INTO ");
        out.push_sql(R::INTO);
        let mut between = " VALUES ";
        for row in self.0 {
            out.push_sql(between);
            row.values(&mut out)?;
            between = ", ";
        }
        out.push_sql(R::OVER);
        Ok(())
    }
}

impl<R> QueryId for Values<'_, R> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<R> RunQueryDsl<SqliteConnection> for Values<'_, R> {}
