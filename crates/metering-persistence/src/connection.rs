//! Connections to either database, and what is set on each before it is used.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::R2D2Connection;
use diesel::{PgConnection, SqliteConnection};
use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, OpenError, Result, is_wrong_key};
use crate::key::hex;

mod address;

pub(crate) use any::AnyConnection;

mod any {
    #![allow(missing_docs, reason = "the derive writes public items without comments")]
    #![allow(unreachable_pub, reason = "the derive makes all it writes public")]

    /// A connection to one of the two databases. SQLite comes last: its driver takes any text
    /// for a path.
    #[derive(diesel::MultiConnection)]
    pub enum AnyConnection {
        Postgresql(diesel::PgConnection),
        Sqlite(diesel::SqliteConnection),
    }
}

/// Where the data is.
#[derive(Clone)]
pub enum Database {
    /// An encrypted file of SQLite, for one server.
    Sqlite {
        /// The file; it is made when it is not there.
        file: PathBuf,
    },
    /// A PostgreSQL server, version 15 or newer.
    Postgresql {
        /// Its address, as in `postgresql://user:password@host/database?sslmode=verify-full`.
        url: SecretString,
    },
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { file } => f.debug_struct("Sqlite").field("file", file).finish(),
            Self::Postgresql { .. } => f.write_str("Postgresql"),
        }
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Makes the database if there is none, and migrates it.
    Prepare,
    /// Reads one snapshot after the other; cannot write.
    Read,
    /// Writes.
    Write,
}

/// How long SQLite waits for another process, and PostgreSQL for a lock.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// How long one statement may take on PostgreSQL.
const STATEMENT: Duration = Duration::from_secs(30);

/// How PostgreSQL is to plan. Every statement has an index made for it and is planned once per
/// connection: planned anew for each set of values, planning took longer than the work. The plan
/// must not be one for tables that are empty still, so those that read a whole table come last.
const PLANS: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; \
     SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off";

/// Makes connections of one kind to one database.
#[derive(Clone)]
pub(crate) struct Connector {
    target: Target,
    purpose: Purpose,
}

#[derive(Clone)]
enum Target {
    Sqlite { file: PathBuf, key: SecretString },
    Postgresql { url: SecretString },
}

impl Connector {
    /// A connector that prepares `database`; the key is that of the file.
    pub(crate) fn new(database: &Database, key: &[u8; 32]) -> Result<Self> {
        let target = match database {
            Database::Sqlite { file } => Target::Sqlite { file: file.clone(), key: hex(key).into() },
            Database::Postgresql { url } => Target::Postgresql { url: address::complete(url.expose_secret())?.into() },
        };
        Ok(Self { target, purpose: Purpose::Prepare })
    }

    /// The same database for another purpose.
    pub(crate) fn to(&self, purpose: Purpose) -> Self {
        Self { target: self.target.clone(), purpose }
    }

    /// Opens a connection and sets all that is set on one.
    pub(crate) fn open(&self) -> Result<AnyConnection> {
        match &self.target {
            Target::Sqlite { file, key } => {
                open_sqlite(file, key.expose_secret(), self.purpose).map(AnyConnection::Sqlite)
            }
            Target::Postgresql { url } => {
                open_postgresql(url.expose_secret(), self.purpose).map(AnyConnection::Postgresql)
            }
        }
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl r2d2::ManageConnection for Connector {
    type Connection = AnyConnection;
    type Error = Error;

    fn connect(&self) -> Result<AnyConnection> {
        self.open()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<()> {
        Ok(connection.ping()?)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        connection.is_broken()
    }
}

/// Readers, in a pool of their own.
pub(crate) type Readers = r2d2::Pool<Connector>;

/// A pool of at most `size` readers. One who waits longer than two seconds gets an error.
pub(crate) fn readers(connector: &Connector, size: u32) -> Result<Readers> {
    Ok(r2d2::Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(1))
        .connection_timeout(Duration::from_secs(2))
        // Beginning a transaction is the test.
        .test_on_check_out(false)
        .error_handler(Box::new(Log))
        .build(connector.to(Purpose::Read))?)
}

/// Says in the log why a connection could not be made.
#[derive(Debug)]
struct Log;

impl r2d2::HandleError<Error> for Log {
    fn handle_error(&self, error: Error) {
        tracing::warn!(error = &error as &dyn std::error::Error, "no connection to the database");
    }
}

fn unreachable_because(error: impl fmt::Display) -> Error {
    OpenError::Unreachable { reason: error.to_string() }.into()
}

fn open_sqlite(file: &Path, key: &str, purpose: Purpose) -> Result<SqliteConnection> {
    let Some(path) = file.to_str() else {
        return Err(unreachable_because(format!("the path {} is not UTF-8", file.display())));
    };
    // Absolute, because the driver takes a leading `file:` for an address with options.
    let path = std::path::absolute(path).map_err(unreachable_because)?;
    if purpose == Purpose::Prepare {
        make_private(&path).map_err(|error| unreachable_because(format!("{}: {error}", path.display())))?;
    } else if !path.exists() {
        // The driver would make an empty one.
        return Err(unreachable_because(format!("{} is gone", path.display())));
    }
    let mut connection = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| unreachable_because(format!("{}: {error}", path.display())))?;
    // The key first, and nothing on the standard error when it does not fit. The raw form needs
    // no derivation: opening takes a fraction of a millisecond.
    connection.batch_execute(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA cipher_log_level = NONE; PRAGMA busy_timeout = {}",
        LOCK_WAIT.as_millis()
    ))?;
    // Setting a key never fails; only reading shows whether it fits.
    connection.batch_execute("SELECT count(*) FROM sqlite_master").map_err(|error| {
        if is_wrong_key(&error) { OpenError::WrongKey { file: path.clone() }.into() } else { Error::from(error) }
    })?;
    // FULL: with less, a commit may be undone by a power cut. Temporary data stays in memory,
    // because temporary files would not be encrypted.
    connection.batch_execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY")?;
    write_ahead(&mut connection)?;
    connection.batch_execute(match purpose {
        Purpose::Read => "PRAGMA query_only = ON",
        // A head-end that sends all meters of one instant at a time touches the same pages with each
        // request: they stay in memory (32 MiB at most), and some requests' changes of a page go
        // into the file together. The log is cut back to 64 MiB once a slow reader has let it grow.
        Purpose::Prepare | Purpose::Write => {
            "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864"
        }
    })?;
    Ok(connection)
}

/// Turns the write-ahead log on. It is a property of the file, so only the first time it is more
/// than a question; then the one who comes second is told at once that the file is locked, and
/// has to do the waiting himself.
fn write_ahead(connection: &mut SqliteConnection) -> Result<()> {
    let until = Instant::now() + LOCK_WAIT;
    loop {
        match connection.batch_execute("PRAGMA journal_mode = WAL").map_err(Error::from) {
            Err(Error::Unavailable(_)) if Instant::now() < until => std::thread::sleep(Duration::from_millis(10)),
            outcome => return outcome,
        }
    }
}

/// Makes the file, empty and for its owner alone, if it is not there; SQLite gives the same
/// rights to the files beside it.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn open_postgresql(url: &str, purpose: Purpose) -> Result<PgConnection> {
    // The driver's words may name the host, never the password.
    let mut connection = PgConnection::establish(url).map_err(unreachable_because)?;
    connection.batch_execute(&format!(
        "SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = 60000; \
         SET client_min_messages = warning; {PLANS}",
        STATEMENT.as_millis(),
        LOCK_WAIT.as_millis()
    ))?;
    match purpose {
        // A transaction of one of these is a snapshot, whatever it asks and however often.
        Purpose::Read => connection.batch_execute(
            "SET default_transaction_isolation = 'repeatable read'; SET default_transaction_read_only = on",
        )?,
        Purpose::Prepare | Purpose::Write => {
            // Servers take turns by a locked row: who has waited for it must see what the other wrote.
            connection.batch_execute("SET default_transaction_isolation = 'read committed'")?;
            durable(&mut connection)?;
        }
    }
    Ok(connection)
}

#[derive(QueryableByName)]
struct Durability {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    synchronous_commit: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    fsync: String,
}

/// Sees to it that what the server says is committed is on its disk.
fn durable(connection: &mut PgConnection) -> Result<()> {
    let read = |connection: &mut PgConnection| {
        diesel::sql_query(
            "SELECT current_setting('server_version_num') AS version, \
             current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync",
        )
        .get_result::<Durability>(connection)
    };
    let mut found = read(connection)?;
    if matches!(found.synchronous_commit.as_str(), "off" | "local") {
        connection.batch_execute("SET synchronous_commit = on")?;
        found = read(connection)?;
    }
    if found.version.parse::<u32>().is_ok_and(|version| version < 150_000) {
        return Err(unreachable_because("this server needs PostgreSQL 15 or newer"));
    }
    if found.synchronous_commit == "off" {
        return Err(OpenError::NotDurable("synchronous_commit of the PostgreSQL server cannot be turned on; without it a power cut loses data that was acknowledged".into()).into());
    }
    if found.fsync == "off" {
        tracing::warn!("fsync of the PostgreSQL server is off: a power cut can destroy the database");
    }
    Ok(())
}
