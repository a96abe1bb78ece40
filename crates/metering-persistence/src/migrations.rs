//! Bringing the schema up to date, one process at a time.

use std::collections::BTreeSet;
use std::error::Error as StdError;

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::connection::AnyConnection;
use crate::error::{Error, OpenError, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("../../migrations/postgresql");

/// The lock that servers on one PostgreSQL take turns by; any number, as long as it is the same.
const LOCK: i64 = 61_968_009;

/// Runs the migrations that are missing.
///
/// # Errors
/// [`OpenError::NewerSchema`] when there are some that this program does not know.
pub(crate) fn run(connection: &mut AnyConnection) -> Result<()> {
    match connection {
        // One transaction for all: whoever comes second waits for it and finds nothing to do.
        AnyConnection::Sqlite(sqlite) => sqlite.immediate_transaction(|sqlite| pending::<Sqlite, _>(sqlite, SQLITE)),
        AnyConnection::Postgresql(postgresql) => {
            // Waiting for another server's migration may take longer than a statement may.
            postgresql.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0")?;
            diesel::sql_query("SELECT pg_advisory_lock($1)")
                .bind::<diesel::sql_types::BigInt, _>(LOCK)
                .execute(postgresql)?;
            let outcome = pending::<Pg, _>(postgresql, POSTGRESQL);
            // Where this fails, the lock ends with the connection, which the caller closes.
            let unlocked = diesel::sql_query("SELECT pg_advisory_unlock($1)")
                .bind::<diesel::sql_types::BigInt, _>(LOCK)
                .execute(postgresql);
            outcome?;
            unlocked?;
            Ok(())
        }
    }
}

fn pending<DB: Backend, C: MigrationHarness<DB>>(connection: &mut C, source: EmbeddedMigrations) -> Result<()> {
    let known: BTreeSet<String> = all::<DB>(&source)?.iter().map(|it| it.name().version().to_string()).collect();
    let applied = connection.applied_migrations().map_err(failed)?;
    let unknown: Vec<String> = applied.iter().map(ToString::to_string).filter(|it| !known.contains(it)).collect();
    if !unknown.is_empty() {
        return Err(OpenError::NewerSchema { versions: unknown.join(", ") }.into());
    }
    connection.run_pending_migrations(source).map_err(failed)?;
    Ok(())
}

fn all<DB: Backend>(source: &EmbeddedMigrations) -> Result<Vec<Box<dyn Migration<DB>>>> {
    source.migrations().map_err(failed)
}

/// Migrations fail with any error; the database's own are told apart as everywhere.
fn failed(error: Box<dyn StdError + Send + Sync>) -> Error {
    match error.downcast::<diesel::result::Error>() {
        Ok(error) => (*error).into(),
        Err(error) => Error::failed(error),
    }
}
