//! What can go wrong with the database, in the terms of the one who asked.

use std::error::Error as StdError;
use std::path::PathBuf;
use std::sync::Arc;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use metering_model::Violation;
use thiserror::Error;

/// What this crate's functions give back.
pub type Result<T> = std::result::Result<T, Error>;

/// The cause of an [enum@Error]. It is for the log: it may hold SQL and names of files.
pub type Cause = Arc<dyn StdError + Send + Sync>;

/// Why the database did not do what was asked.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum Error {
    /// Rules that only the stored data can decide are broken; nothing of the request is stored.
    #[error("{} rules are broken", .0.len())]
    Rejected(Vec<Violation>),
    /// Nothing of this name is there, for this organisation.
    #[error("there is no such thing")]
    NotFound,
    /// The object has another revision than the request was made for.
    #[error("the object has changed since it was read")]
    PreconditionFailed,
    /// The idempotency key belongs to a request with another body.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The answer that the idempotency key stands for was given to somebody with more roles.
    #[error("the first answer was given to somebody with more roles")]
    LacksRights,
    /// The first request with this idempotency key is still under way.
    #[error("a request with the same idempotency key is under way")]
    KeyInFlight,
    /// What was to happen to a control does not fit the state it is in.
    #[error(transparent)]
    Impossible(metering_model::ImpossibleTransition),
    /// The text is no cursor of this list.
    #[error("the cursor is not one of this list")]
    BadCursor,
    /// As many changes wait as may; try again in a moment.
    #[error("too many changes are waiting")]
    Busy,
    /// The database cannot do it now: it is away, full, read-only or slow. Whether something was
    /// stored is known only where nothing was answered 2xx before: nothing, or (connection lost
    /// in the commit) all of it; a repeat is harmless.
    #[error("the database cannot do this now")]
    Unavailable(#[source] Cause),
    /// The database cannot be opened as it is.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A fault of ours or damage in the database.
    #[error("the database failed")]
    Failed(#[source] Cause),
}

/// Why a database was not opened. The texts are for the operator.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be read with this key.
    #[error(
        "{} cannot be read with this key: either the key is not the one the file was made with, or the file is no database of this server",
        .file.display()
    )]
    WrongKey {
        /// The database file.
        file: PathBuf,
    },
    /// Another server works on this file.
    #[error("another server is running on {}; stop it first, or give this one a data folder of its own", .file.display())]
    InUse {
        /// The database file.
        file: PathBuf,
    },
    /// A newer program has migrated the database.
    #[error(
        "the database has migrations this program does not know ({versions}): a newer version of the server has used it; start that one"
    )]
    NewerSchema {
        /// The unknown migrations.
        versions: String,
    },
    /// An address this crate does not connect to.
    #[error("{0}")]
    Address(String),
    /// A setting of the database server that would let acknowledged data vanish.
    #[error("{0}")]
    NotDurable(String),
    /// The database did not answer as it should.
    #[error("the database cannot be opened: {reason}")]
    Unreachable {
        /// In the words of the database or the operating system.
        reason: String,
    },
}

impl Error {
    /// Says that something is wrong that should not be possible.
    pub(crate) fn failed(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Failed(Arc::from(cause.into()))
    }

    /// Says that the database cannot do it now.
    pub(crate) fn unavailable(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Unavailable(Arc::from(cause.into()))
    }

    /// Whether the transaction it came up in can go on: after these nothing else in it can be
    /// trusted, because the connection or the disk is gone.
    pub(crate) fn ends_the_transaction(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            error if is_passing(&error) => Self::unavailable(error),
            error => Self::failed(error),
        }
    }
}

impl From<r2d2::Error> for Error {
    fn from(error: r2d2::Error) -> Self {
        Self::unavailable(error)
    }
}

/// Whether the same may work later: the database is busy, full, read-only or away.
///
/// Diesel has a kind for some of this only; the rest is told by the engine's words.
fn is_passing(error: &DieselError) -> bool {
    let words = match error {
        DieselError::BrokenTransactionManager => return true,
        DieselError::DatabaseError(kind, information) => match kind {
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ReadOnlyTransaction => return true,
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation => return false,
            _ => information.message(),
        },
        DieselError::RollbackErrorOnCommit { rollback_error, commit_error } => {
            return is_passing(rollback_error) || is_passing(commit_error);
        }
        _ => return false,
    };
    const PASSING: &[&str] = &[
        // SQLite
        "database is locked",
        "database table is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
        "unable to open database file",
        "cannot commit - no transaction is active",
        "no such savepoint",
        // PostgreSQL
        "No space left on device",
        "could not extend file",
        "could not write",
        "canceling statement due to",
        "deadlock detected",
        "terminating connection",
        "the database system is",
        "server closed the connection",
        "could not receive data",
        "could not send data",
        "connection to server",
        "connection has been closed",
        "no connection to the server",
        "SSL connection has been closed",
        "SSL SYSCALL error",
        "too many clients",
        "remaining connection slots are reserved",
        "out of shared memory",
    ];
    PASSING.iter().any(|passing| words.contains(passing))
}

/// Whether SQLite says with this that the file is not encrypted with the key that was given.
pub(crate) fn is_wrong_key(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(_, information) if information.message().contains("file is not a database"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(message: &str) -> Error {
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())).into()
    }

    #[test]
    fn what_passes_by_itself_is_told_from_what_is_broken() {
        for message in ["database is locked", "database or disk is full", "canceling statement due to lock timeout"] {
            assert!(matches!(unknown(message), Error::Unavailable(_)), "{message}");
        }
        for message in ["no such column: x", "syntax error at or near"] {
            assert!(matches!(unknown(message), Error::Failed(_)), "{message}");
        }
        assert!(matches!(Error::from(DieselError::NotFound), Error::NotFound));
    }

    #[test]
    fn the_text_for_others_holds_no_sql() {
        assert_eq!(unknown("no such column: secret").to_string(), "the database failed");
    }
}
