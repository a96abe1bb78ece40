//! The store: the only ways to the database.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use metering_model::{OrganisationId, TimeStamp};
use tokio::sync::{oneshot, watch};

use crate::api_keys::{self, StoredApiKey};
use crate::change::{Answer, Answered, Call, Change, ChangeRequest};
use crate::clock::Clock;
use crate::connection::{AnyConnection, Connector, Database, Readers, readers};
use crate::error::{Error, OpenError, Result};
use crate::key::{Keys, ServerKey};
use crate::snapshot::Snapshot;
use crate::status::{self, Status};
use crate::writer::{Job, Writer};
use crate::{dialect, migrations, organisations};

/// How to open a store.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is.
    pub database: Database,
    /// How many reads may go on at once.
    pub readers: u32,
    /// How many changes may wait for the writer; more are refused with [`Error::Busy`].
    pub waiting: usize,
    /// Who opens it.
    pub role: StoreRole,
    /// The bounds of what is stored.
    pub settings: Settings,
    /// Tells when changes are recorded.
    pub clock: Clock,
}

/// Who opens a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreRole {
    /// A server; on an embedded database there is only one.
    Server,
    /// An operator's command, which may run beside a server.
    Command,
}

/// The bounds an operator can set for what is stored.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What happens to meters, devices and usage points that are not configured.
    pub provisional: Provisional,
    /// How long an idempotency key is kept, in days; at least 7.
    pub idempotency_days: u32,
    /// How long the same switching counts as a replay, in days.
    pub replay_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { provisional: Provisional::Accept { ceiling: 100_000 }, idempotency_days: 7, replay_days: 7 }
    }
}

/// What happens to meters, devices and usage points that are not configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provisional {
    /// They are accepted, and adopted once they are configured.
    Accept {
        /// At most so many in one organisation.
        ceiling: u64,
    },
    /// What names them is rejected.
    Refuse,
}

/// The database of a server. Cloning gives another handle to the same.
///
/// Everything in it belongs to an organisation, and both ways in, [`Store::read`] and
/// [`Store::change`], are bound to one.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    readers: Readers,
    writer: Writer,
    keys: Keys,
    clock: Clock,
    database: Database,
    under_way: Arc<Mutex<HashSet<KeyScope>>>,
    /// Held as long as the store is open, so that no second server opens the file.
    _lock: Option<File>,
}

impl Store {
    /// Opens the database, makes it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::Open`] in words for the operator: a wrong key, another server on the same file, a
    /// newer schema, an address that is not allowed, a server that does not answer.
    pub fn open(config: Config, key: &ServerKey) -> Result<Self> {
        let keys = Keys::of(key);
        let connector = Connector::new(&config.database, &keys.sqlite)?;
        let lock = match (&config.database, config.role) {
            (Database::Sqlite { file }, StoreRole::Server) => Some(lock(file)?),
            _ => None,
        };
        // By hand before the pool, which would try again and again what cannot succeed.
        let mut first = connector.open()?;
        migrations::run(&mut first)?;
        organisations::prepare(&mut first)?;
        drop(first);
        Ok(Self(Arc::new(Inner {
            readers: readers(&connector, config.readers)?,
            writer: Writer::start(connector, config.waiting, config.settings, keys.clone(), config.clock.clone())?,
            keys,
            clock: config.clock,
            database: config.database,
            under_way: Arc::default(),
            _lock: lock,
        })))
    }

    /// The time, by the store's clock.
    #[must_use]
    pub fn now(&self) -> TimeStamp {
        self.0.clock.now()
    }

    /// Reads the data of `organisation` as it stands now.
    ///
    /// It blocks: never call it on an async thread.
    ///
    /// # Errors
    /// Those of `work`, or [`Error::Unavailable`] when there is no connection.
    pub fn read<T>(
        &self,
        organisation: &OrganisationId,
        work: impl FnOnce(&mut Snapshot<'_>) -> Result<T>,
    ) -> Result<T> {
        self.with_reader(|connection| work(&mut Snapshot::new(connection, organisation, &self.0.keys)))
    }

    fn with_reader<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let mut pooled = self.reader()?;
        let connection: &mut AnyConnection = &mut pooled;
        match work(connection) {
            Ok(read) => dialect::commit(connection).map(|()| read),
            Err(error) => {
                // Where that fails the connection is broken, and the pool drops it.
                let _ = dialect::roll_back_to(connection, 0);
                Err(error)
            }
        }
    }

    /// A reader in a new transaction. Beginning it shows whether the connection is still good; to
    /// ask that first would take a tenth of the time of a small read.
    fn reader(&self) -> Result<r2d2::PooledConnection<Connector>> {
        let readers = &self.0.readers;
        // A database that has restarted leaves as many bad ones as there are.
        for _ in 0..readers.max_size() {
            let mut pooled = readers.get()?;
            match dialect::begin_read(&mut pooled) {
                Ok(()) => return Ok(pooled),
                Err(error) => {
                    tracing::debug!(error = &error as &dyn std::error::Error, "a reader's connection is gone")
                }
            }
        }
        let mut pooled = readers.get()?;
        dialect::begin_read(&mut pooled)?;
        Ok(pooled)
    }

    /// Queues a change of the data of the caller's organisation.
    ///
    /// `work` runs on the writer's thread, in a transaction that it shares with other requests,
    /// behind a savepoint of its own: when it fails or panics nothing of it remains, and the
    /// others go on. What comes back resolves once the transaction is on the disk.
    ///
    /// # Errors
    /// At once: [`Error::Busy`] when the queue is full, [`Error::KeyInFlight`] while another
    /// request with the same idempotency key is under way. Later: those of `work`,
    /// [`Error::KeyReused`], [`Error::NotFound`] when there is no such organisation,
    /// [`Error::Unavailable`] when the commit failed.
    pub fn change(
        &self,
        request: ChangeRequest,
        work: impl FnOnce(&mut Change<'_>) -> Result<Answer> + Send + 'static,
    ) -> Result<Committing> {
        let key = match &request.idempotency_key {
            Some(_) => Some(self.mark_under_way(&request)?),
            None => None,
        };
        let (reply, answer) = oneshot::channel();
        self.0.writer.queue(Job { request, work: Box::new(work), reply, key })?;
        Ok(Committing(answer))
    }

    /// The same as [`Store::change`], for threads that may block.
    ///
    /// # Errors
    /// All of [`Store::change`].
    pub fn change_and_wait(
        &self,
        request: ChangeRequest,
        work: impl FnOnce(&mut Change<'_>) -> Result<Answer> + Send + 'static,
    ) -> Result<Answered> {
        self.change(request, work)?.wait()
    }

    fn mark_under_way(&self, request: &ChangeRequest) -> Result<UnderWay> {
        let scope = KeyScope::of(request);
        let mut under_way = self.0.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if !under_way.insert(scope.clone()) {
            return Err(Error::KeyInFlight);
        }
        Ok(UnderWay { all: Arc::clone(&self.0.under_way), scope })
    }

    /// Records a call that changed nothing: a read or a refusal. It joins the next commit and
    /// delays nobody. When more wait than there is room for, they are counted and the gap is
    /// recorded.
    pub fn record_call(&self, call: Call) {
        self.0.writer.record(call);
    }

    /// Sees a new number after each commit of this process.
    #[must_use]
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.0.writer.committed()
    }

    /// The API key with this prefix, of whatever organisation. It blocks.
    ///
    /// # Errors
    /// Those of the database.
    pub fn api_key(&self, prefix: &str) -> Result<Option<StoredApiKey>> {
        self.with_reader(|connection| api_keys::find(connection, prefix, &self.0.keys))
    }

    /// Whether the last commit succeeded. It answers at once, whatever the database does.
    #[must_use]
    pub fn writable(&self) -> bool {
        self.0.writer.writable()
    }

    /// How the database is. It blocks.
    ///
    /// # Errors
    /// Those of the database.
    pub fn status(&self) -> Result<Status> {
        let (writable, waiting) = (self.writable(), self.0.writer.waiting());
        self.with_reader(|connection| status::of(connection, &self.0.database, writable, waiting))
    }

    /// Takes no more changes, commits what is queued, and ends the writer. It blocks.
    pub fn close(&self) {
        self.0.writer.close();
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("database", &self.0.database).finish_non_exhaustive()
    }
}

/// Locks `FILE.lock` beside the database.
fn lock(file: &Path) -> Result<File> {
    let failed = |error: std::io::Error| OpenError::Unreachable { reason: format!("{}: {error}", file.display()) };
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let lock = File::options().create(true).truncate(false).write(true).open(name).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(OpenError::InUse { file: file.to_owned() }.into()),
        Err(std::fs::TryLockError::Error(error)) => Err(failed(error).into()),
    }
}

/// A change that has been queued; it resolves once it is on the disk, or has failed.
#[derive(Debug)]
#[must_use = "only what has been committed may be answered"]
pub struct Committing(oneshot::Receiver<Result<Answered>>);

impl Committing {
    /// Waits for it. It blocks, and panics on an async thread.
    ///
    /// # Errors
    /// All of [`Store::change`].
    pub fn wait(self) -> Result<Answered> {
        self.0.blocking_recv().unwrap_or_else(|_| Err(gone()))
    }
}

impl Future for Committing {
    type Output = Result<Answered>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|answer| answer.unwrap_or_else(|_| Err(gone())))
    }
}

fn gone() -> Error {
    Error::unavailable("the writer ended before the change was committed")
}

/// What an idempotency key is unique in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct KeyScope {
    organisation: OrganisationId,
    principal: String,
    path: String,
    key: String,
}

impl KeyScope {
    fn of(request: &ChangeRequest) -> Self {
        Self {
            organisation: request.principal.organisation.clone(),
            principal: request.principal.id.clone(),
            path: request.call.path.clone(),
            key: request.idempotency_key.clone().unwrap_or_default(),
        }
    }
}

/// Marks an idempotency key as under way until it is dropped.
pub(crate) struct UnderWay {
    all: Arc<Mutex<HashSet<KeyScope>>>,
    scope: KeyScope,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.scope);
    }
}
