//! How the database is.

use std::path::Path;

use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use metering_model::TimeStamp;

use crate::connection::{AnyConnection, Database};
use crate::error::Result;
use crate::organisations::UNIDENTIFIED;
use crate::schema::{api_keys, organisations};

/// How the database is, of all organisations together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Which it is.
    pub database: DatabaseKind,
    /// What it says its version is.
    pub version: String,
    /// Whether the last commit succeeded.
    pub writable: bool,
    /// How many changes wait for the writer.
    pub waiting: usize,
    /// How many bytes it takes on the disk, with what has not been folded in yet.
    pub bytes: Option<u64>,
    /// How many bytes are left on the file system of the embedded database; a server's own disk
    /// cannot be seen from here.
    pub bytes_free: Option<u64>,
    /// How many organisations there are.
    pub organisations: u64,
    /// How many changes there have been.
    pub changes: u64,
    /// When the newest of them was recorded.
    pub last_change_at: Option<TimeStamp>,
    /// How many calls the audit log has.
    pub audit_entries: u64,
    /// How many API keys there are, good or not.
    pub api_keys: u64,
}

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// The embedded one; the file is encrypted by this server.
    Sqlite,
    /// A server; what encrypts its disk is its own matter.
    Postgresql,
}

impl DatabaseKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
        }
    }
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

#[derive(QueryableByName)]
struct Size {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    bytes: i64,
}

pub(crate) fn of(
    connection: &mut AnyConnection,
    database: &Database,
    writable: bool,
    waiting: usize,
) -> Result<Status> {
    let heads = || organisations::table.filter(organisations::id.ne(UNIDENTIFIED));
    let changes: Vec<i64> = heads().select(organisations::last_change).load(connection)?;
    let newest: Option<i64> = heads()
        .filter(organisations::last_change.gt(0))
        .select(max(organisations::last_change_at))
        .first(connection)?;
    let entries: Vec<i64> = organisations::table.select(organisations::audit_number).load(connection)?;
    let keys: i64 = api_keys::table.select(count_star()).first(connection)?;
    let total = |numbers: &[i64]| numbers.iter().sum::<i64>().unsigned_abs();
    let (kind, version, bytes) = match connection {
        AnyConnection::Sqlite(sqlite) => {
            let version = diesel::sql_query("SELECT sqlite_version() AS version").get_result::<Version>(sqlite)?;
            (DatabaseKind::Sqlite, version, size_of(database))
        }
        AnyConnection::Postgresql(postgresql) => {
            let version = diesel::sql_query("SELECT current_setting('server_version') AS version")
                .get_result::<Version>(postgresql)?;
            let size = diesel::sql_query("SELECT pg_database_size(current_database()) AS bytes")
                .get_result::<Size>(postgresql)?;
            (DatabaseKind::Postgresql, version, u64::try_from(size.bytes).ok())
        }
    };
    Ok(Status {
        database: kind,
        version: version.version,
        writable,
        waiting,
        bytes,
        bytes_free: free_beside(database),
        organisations: changes.len() as u64,
        changes: total(&changes),
        last_change_at: newest.and_then(|micros| TimeStamp::from_micros(micros).ok()),
        audit_entries: total(&entries),
        api_keys: keys.unsigned_abs(),
    })
}

/// What is left where the file is.
fn free_beside(database: &Database) -> Option<u64> {
    let Database::Sqlite { file } = database else { return None };
    let system = rustix::fs::statvfs(file).ok()?;
    Some(system.f_bavail.saturating_mul(system.f_frsize))
}

/// The bytes of the file and of its log.
fn size_of(database: &Database) -> Option<u64> {
    let Database::Sqlite { file } = database else { return None };
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let bytes = |file: &Path| std::fs::metadata(file).map(|it| it.len());
    Some(bytes(file).ok()? + bytes(Path::new(&log)).unwrap_or(0))
}
