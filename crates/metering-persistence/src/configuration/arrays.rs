//! Statements for PostgreSQL that take an array for each column: their text is always the same, so
//! each is prepared once per connection, however many rows it is about.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Text};

use super::provisional::Bare;

/// Looks up objects of one space by their mRIDs.
///
/// Given a list to compare with, PostgreSQL may read the whole space; asked for one after the
/// other, each is one step down the index.
pub(super) struct ByMrid<'a> {
    pub(super) organisation: &'a str,
    pub(super) space: &'a str,
    pub(super) mrids: &'a [&'a str],
}

impl QueryFragment<Pg> for ByMrid<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT found.* FROM unnest(");
        out.push_bind_param::<Array<Text>, _>(self.mrids)?;
        out.push_sql(
            ") AS wanted (mrid) CROSS JOIN LATERAL (SELECT id, kind, mrid, status FROM identified_objects AS it \
             WHERE it.mrid = wanted.mrid AND it.organisation_id = ",
        );
        out.push_bind_param::<Text, _>(self.organisation)?;
        out.push_sql(" AND it.space = ");
        out.push_bind_param::<Text, _>(self.space)?;
        out.push_sql(" LIMIT 1) AS found");
        Ok(())
    }
}

impl Query for ByMrid<'_> {
    type SqlType = (BigInt, Text, Text, Text);
}

/// Inserts objects that are not configured.
pub(super) struct InsertBare<'a> {
    ids: Vec<i64>,
    spaces: Vec<&'a str>,
    kinds: Vec<&'a str>,
    mrids: Vec<&'a str>,
    organisation: &'a str,
    recorded_at: i64,
    change_number: i64,
}

impl<'a> InsertBare<'a> {
    pub(super) fn new(organisation: &'a str, (change_number, recorded_at): (i64, i64), rows: &[Bare<'a>]) -> Self {
        Self {
            ids: rows.iter().map(|row| row.id).collect(),
            spaces: rows.iter().map(|row| row.space).collect(),
            kinds: rows.iter().map(|row| row.kind).collect(),
            mrids: rows.iter().map(|row| row.mrid).collect(),
            organisation,
            recorded_at,
            change_number,
        }
    }
}

impl QueryFragment<Pg> for InsertBare<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO identified_objects (id, space, kind, mrid, status, revision, organisation_id, recorded_at, \
             change_number) SELECT new.*, 'provisional', 0, ",
        );
        out.push_bind_param::<Text, _>(self.organisation)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.recorded_at)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.change_number)?;
        out.push_sql(" FROM unnest(");
        out.push_bind_param::<Array<BigInt>, _>(&self.ids)?;
        for texts in [&self.spaces, &self.kinds, &self.mrids] {
            out.push_sql(", ");
            out.push_bind_param::<Array<Text>, _>(texts)?;
        }
        out.push_sql(") AS new");
        Ok(())
    }
}

macro_rules! kept_by_its_text {
    ($($Statement:ident),*) => { $(
        impl QueryId for $Statement<'_> {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }
        impl RunQueryDsl<PgConnection> for $Statement<'_> {}
    )* };
}

kept_by_its_text!(ByMrid, InsertBare);
