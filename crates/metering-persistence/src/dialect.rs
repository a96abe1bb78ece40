//! Where the two databases part.

use std::num::NonZeroU32;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;

use crate::connection::AnyConnection;
use crate::error::Result;
use crate::organisations::Row;
use crate::schema::organisations;

type Transactions = <AnyConnection as Connection>::TransactionManager;

/// Begins a transaction that will write.
///
/// On SQLite it takes the write lock at once: a transaction that reads first and then wants to
/// write fails when another has written in between, however long it may wait.
pub(crate) fn begin_write(connection: &mut AnyConnection) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?,
        AnyConnection::Postgresql(postgresql) => AnsiTransactionManager::begin_transaction(postgresql)?,
    }
    Ok(())
}

/// Begins a transaction that only reads. A connection that cannot is marked as broken.
pub(crate) fn begin_read(connection: &mut AnyConnection) -> Result<()> {
    Transactions::begin_transaction(connection).map_err(|error| {
        Transactions::transaction_manager_status_mut(connection).set_in_error();
        error.into()
    })
}

/// Begins a savepoint in a transaction.
pub(crate) fn begin_savepoint(connection: &mut AnyConnection) -> Result<()> {
    Ok(Transactions::begin_transaction(connection)?)
}

/// Ends the innermost transaction or savepoint; what it did stays.
pub(crate) fn commit(connection: &mut AnyConnection) -> Result<()> {
    Ok(Transactions::commit_transaction(connection)?)
}

/// Undoes all down to `depth` transactions within each other.
pub(crate) fn roll_back_to(connection: &mut AnyConnection, depth: u32) -> Result<()> {
    while self::depth(connection)? > depth {
        Transactions::rollback_transaction(connection)?;
    }
    Ok(())
}

/// How many transactions within each other there are.
pub(crate) fn depth(connection: &mut AnyConnection) -> Result<u32> {
    Ok(Transactions::transaction_manager_status_mut(connection).transaction_depth()?.map_or(0, NonZeroU32::get))
}

/// Inserts an organisation, unless one of this id is there; returns how many rows are new.
pub(crate) fn insert_unless_there(connection: &mut AnyConnection, row: Row<'_>) -> Result<usize> {
    let insert = diesel::insert_into(organisations::table).values(row);
    Ok(match connection {
        AnyConnection::Postgresql(postgresql) => insert.on_conflict_do_nothing().execute(postgresql)?,
        AnyConnection::Sqlite(sqlite) => insert.on_conflict_do_nothing().execute(sqlite)?,
    })
}

/// Inserts all rows of a slice in one statement. A connection that may be either database inserts
/// one row at a time only, so the rows go to the one it is.
macro_rules! insert_rows {
    ($connection:expr, $table:expr, $rows:expr) => {
        match $connection {
            $crate::connection::AnyConnection::Postgresql(connection) => {
                ::diesel::RunQueryDsl::execute(::diesel::insert_into($table).values($rows), connection)
            }
            $crate::connection::AnyConnection::Sqlite(connection) => {
                ::diesel::RunQueryDsl::execute(::diesel::insert_into($table).values($rows), connection)
            }
        }
    };
}

pub(crate) use insert_rows;
