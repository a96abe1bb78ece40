//! The writer: one thread that takes all that waits into one transaction.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use metering_model::TimeStamp;
use tokio::sync::{oneshot, watch};

use crate::change::{Answer, Answered, Call, Change, ChangeRequest, Scratch};
use crate::clock::Clock;
use crate::connection::{AnyConnection, Connector, Purpose};
use crate::error::{Error, Result};
use crate::key::Keys;
use crate::organisations::{self, Head, UNIDENTIFIED};
use crate::store::{Settings, UnderWay};
use crate::{audit_log, change_log, dialect, idempotency_keys, nonces};

mod calls;

use calls::{Calls, Taken};

/// Changes of one transaction at most: enough to make the commit's cost small, few enough for
/// the first of them not to wait long.
const GROUP: usize = 256;
/// After so long no further change joins a transaction, for other servers wait for the same rows.
const LONGEST: Duration = Duration::from_secs(1);
/// How long recorded calls wait for a change to join.
const IDLE: Duration = Duration::from_millis(200);
/// Every so many changes of an organisation, what has expired is removed.
const PURGE_EVERY: i64 = 64;
/// How long after a failure the database is tried again.
const PROBE: Duration = Duration::from_secs(1);

/// What one request wants done.
pub(crate) type Work = Box<dyn FnOnce(&mut Change<'_>) -> Result<Answer> + Send>;

/// One request in the queue.
pub(crate) struct Job {
    pub(crate) request: ChangeRequest,
    pub(crate) work: Work,
    pub(crate) reply: oneshot::Sender<Result<Answered>>,
    pub(crate) key: Option<UnderWay>,
}

/// The handle to the writer's thread.
pub(crate) struct Writer {
    queue: RwLock<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    shared: Arc<Shared>,
    committed: watch::Receiver<u64>,
}

/// What both sides look at.
struct Shared {
    calls: Calls,
    waiting: AtomicUsize,
    writable: AtomicBool,
}

impl Writer {
    /// Starts the thread with a connection of its own.
    pub(crate) fn start(
        connector: Connector,
        waiting: usize,
        settings: Settings,
        keys: Keys,
        clock: Clock,
    ) -> Result<Self> {
        let connector = connector.to(Purpose::Write);
        let connection = connector.open()?;
        let (queue, jobs) = sync_channel(waiting.max(1));
        let (numbers, committed) = watch::channel(0);
        let shared =
            Arc::new(Shared { calls: Calls::default(), waiting: AtomicUsize::new(0), writable: AtomicBool::new(true) });
        let room = Room { settings, keys, clock, scratch: Scratch::default() };
        let mut at_work = AtWork {
            connector,
            connection: Some(connection),
            room,
            numbers,
            shared: Arc::clone(&shared),
            tried: None,
            in_hand: Taken::default(),
        };
        let thread = thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                // Work is caught on its own; this is for our own mistakes. Those whose group it
                // was are told that the outcome is not known, the others go on.
                while catch_unwind(AssertUnwindSafe(|| at_work.run(&jobs))).is_err() {
                    at_work.start_over();
                }
            })
            .map_err(Error::failed)?;
        Ok(Self { queue: RwLock::new(Some(queue)), thread: Mutex::new(Some(thread)), shared, committed })
    }

    /// Queues `job`, or refuses it when there is no room.
    pub(crate) fn queue(&self, job: Job) -> Result<()> {
        let queue = self.queue.read().unwrap_or_else(PoisonError::into_inner);
        let Some(queue) = queue.as_ref() else { return Err(Error::unavailable("the store is closed")) };
        // Counted first, so that the writer never counts down what has not been counted yet.
        self.shared.waiting.fetch_add(1, Ordering::Relaxed);
        queue.try_send(job).map_err(|refused| {
            self.shared.waiting.fetch_sub(1, Ordering::Relaxed);
            match refused {
                TrySendError::Full(_) => Error::Busy,
                TrySendError::Disconnected(_) => Error::unavailable("the writer has ended"),
            }
        })
    }

    /// Leaves `call` for the next commit.
    pub(crate) fn record(&self, call: Call) {
        self.shared.calls.add(call);
    }

    pub(crate) fn committed(&self) -> watch::Receiver<u64> {
        self.committed.clone()
    }

    pub(crate) fn writable(&self) -> bool {
        self.shared.writable.load(Ordering::Relaxed)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.shared.waiting.load(Ordering::Relaxed)
    }

    /// Takes no more, and returns when what was taken is done.
    pub(crate) fn close(&self) {
        self.queue.write().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A request's work may hold the last handle to the store, and cannot wait for itself.
        if let Some(thread) = thread.filter(|it| it.thread().id() != thread::current().id())
            && thread.join().is_err()
        {
            tracing::error!("the writer has panicked");
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

/// The thread's own.
struct AtWork {
    connector: Connector,
    /// None after a failure: what a broken connection says about its file or its server is not
    /// to be trusted, so it is opened anew.
    connection: Option<AnyConnection>,
    room: Room,
    numbers: watch::Sender<u64>,
    shared: Arc<Shared>,
    /// When the database was last tried after a failure.
    tried: Option<Instant>,
    /// The calls of the transaction that is under way.
    in_hand: Taken,
}

/// What every change needs.
struct Room {
    settings: Settings,
    keys: Keys,
    clock: Clock,
    scratch: Scratch,
}

impl AtWork {
    /// Drops all that a panic may have left half done.
    fn start_over(&mut self) {
        self.connection = None;
        self.room.scratch = Scratch::default();
        self.shared.calls.put_back(std::mem::take(&mut self.in_hand));
        self.shared.writable.store(false, Ordering::Relaxed);
        self.tried = Some(Instant::now());
    }

    fn run(&mut self, jobs: &Receiver<Job>) {
        loop {
            match jobs.recv_timeout(IDLE) {
                Ok(first) => {
                    let mut group = vec![first];
                    group.extend(jobs.try_iter().take(GROUP - 1));
                    self.shared.waiting.fetch_sub(group.len(), Ordering::Relaxed);
                    self.write(group);
                }
                Err(RecvTimeoutError::Timeout) => self.idle(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if !self.shared.calls.is_empty() {
            self.write(Vec::new());
        }
    }

    /// Writes the calls that nothing came for to join; after a failure, looks whether the
    /// database is back.
    fn idle(&mut self) {
        let failed = !self.shared.writable.load(Ordering::Relaxed);
        if failed && self.tried.is_some_and(|tried| tried.elapsed() < PROBE) {
            return;
        }
        if failed || !self.shared.calls.is_empty() {
            self.write(Vec::new());
        }
    }

    /// Commits `group` and the calls that wait, and only then answers.
    fn write(&mut self, mut group: Vec<Job>) {
        // Requests of one organisation stay in the order they came in.
        group.sort_by(|a, b| a.request.principal.organisation.cmp(&b.request.principal.organisation));
        let mut group = group.into_iter();
        loop {
            self.write_some(&mut group);
            if group.len() == 0 {
                break;
            }
        }
    }

    /// As many of `group` as fit into one transaction; all of them where it fails.
    fn write_some(&mut self, group: &mut std::vec::IntoIter<Job>) {
        self.in_hand = self.shared.calls.take();
        let mut done = Vec::with_capacity(group.len());
        match self.try_commit(group, &mut done) {
            Ok(()) => {
                self.in_hand = Taken::default();
                self.shared.writable.store(true, Ordering::Relaxed);
                self.numbers.send_modify(|number| *number += 1);
                for (waiting, outcome) in done {
                    waiting.answer(outcome, &self.shared.calls);
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a commit failed");
                self.connection = None;
                self.shared.writable.store(false, Ordering::Relaxed);
                self.tried = Some(Instant::now());
                self.shared.calls.put_back(std::mem::take(&mut self.in_hand));
                let cause = match error {
                    Error::Unavailable(cause) => Error::Unavailable(cause),
                    other => Error::unavailable(other),
                };
                let begun = done.into_iter().map(|(waiting, _)| waiting);
                for waiting in begun.chain(group.map(Waiting::of)) {
                    waiting.answer(Err(cause.clone()), &self.shared.calls);
                }
            }
        }
    }

    /// One transaction. `done` gets every job that was begun.
    fn try_commit(&mut self, group: &mut std::vec::IntoIter<Job>, done: &mut Vec<Done>) -> Result<()> {
        let Taken { calls, lost } = &self.in_hand;
        let gap = (*lost > 0).then(|| calls::gap(*lost, calls));
        let calls: Vec<&Call> = calls.iter().chain(&gap).collect();
        let mut ids: BTreeSet<&str> = calls.iter().map(|call| organisation_of(call)).collect();
        if !calls.is_empty() {
            ids.insert(UNIDENTIFIED);
        }
        let organisations: Vec<String> =
            group.as_slice().iter().map(|job| job.request.principal.organisation.to_string()).collect();
        ids.extend(organisations.iter().map(String::as_str));
        let ids: Vec<&str> = ids.into_iter().collect();

        let connection = begin(&mut self.connection, &self.connector)?;
        let mut heads = organisations::lock(connection, &ids)?;
        // A call may name an organisation that is not there; it counts as unidentified then.
        let homes: BTreeMap<&str, String> =
            ids.iter().map(|id| (*id, if heads.contains_key(*id) { *id } else { UNIDENTIFIED }.to_owned())).collect();
        if ids.is_empty() {
            organisations::probe(connection)?;
        }
        let begun = Instant::now();
        let mut recorded: Vec<(String, Call, Option<i64>)> = Vec::with_capacity(group.len());
        for job in group.by_ref() {
            let Job { request, work, reply, key } = job;
            let organisation = request.principal.organisation.as_str();
            let outcome = match heads.get_mut(organisation).filter(|_| organisation != UNIDENTIFIED) {
                Some(head) => attempt(connection, &request, work, head, &mut self.room),
                None => Err(Error::NotFound),
            };
            let fatal = outcome.as_ref().is_err_and(Error::ends_the_transaction);
            let outcome = outcome.map(|(answered, number)| {
                let call = Call { status: answered.answer.status, ..request.call.clone() };
                recorded.push((organisation.to_owned(), call, number));
                answered
            });
            let fault = outcome.as_ref().err().filter(|_| fatal).cloned();
            done.push((Waiting { reply, key, call: request.call }, outcome));
            if let Some(fault) = fault {
                return Err(fault);
            }
            if begun.elapsed() > LONGEST {
                break;
            }
        }
        for (id, head) in &mut heads {
            let changes = recorded.iter().filter(|(of, ..)| of == id).map(|(_, call, number)| (call, *number));
            let others = calls.iter().filter(|call| homes.get(organisation_of(call)) == Some(id));
            let entries: Vec<(&Call, Option<i64>)> = changes.chain(others.map(|call| (*call, None))).collect();
            if !entries.is_empty() {
                audit_log::append(connection, &self.room.keys.audit, id, head, &entries)?;
                organisations::advance(connection, id, head)?;
            }
        }
        dialect::commit(connection)
    }
}

/// The writer's connection, in a new transaction.
fn begin<'c>(kept: &'c mut Option<AnyConnection>, connector: &Connector) -> Result<&'c mut AnyConnection> {
    let mut connection = match kept.take() {
        Some(connection) => connection,
        None => connector.open()?,
    };
    if let Err(error) = dialect::begin_write(&mut connection) {
        match connection {
            // It has waited for another process long enough.
            AnyConnection::Sqlite(_) => return Err(error),
            // It was lost while nothing went on. Nothing has been done yet, so a new one may begin.
            AnyConnection::Postgresql(_) => {
                connection = connector.open()?;
                dialect::begin_write(&mut connection)?;
            }
        }
    }
    Ok(kept.insert(connection))
}

/// Where `call` belongs, if there is such an organisation.
fn organisation_of(call: &Call) -> &str {
    call.organisation.as_ref().map_or(UNIDENTIFIED, |it| it.as_str())
}

/// A caller that waits for the commit.
struct Waiting {
    reply: oneshot::Sender<Result<Answered>>,
    key: Option<UnderWay>,
    call: Call,
}

/// The status of a call that was refused when its client was gone.
const GONE: u16 = 499;

/// A job that was done, and what came of it.
type Done = (Waiting, Result<Answered>);

impl Waiting {
    /// Whoever waits for a job that was not begun.
    fn of(job: Job) -> Self {
        Self { reply: job.reply, key: job.key, call: job.request.call }
    }

    fn answer(self, outcome: Result<Answered>, calls: &Calls) {
        // First the key: the caller may repeat at once.
        drop(self.key);
        // A caller that has gone away misses nothing that its receipt does not say. But who is there
        // records a refusal; where nobody is, it is recorded here.
        if let Err(Err(_)) = self.reply.send(outcome) {
            calls.add(Call { status: GONE, ..self.call });
        }
    }
}

/// Does one request's work behind a savepoint. Gives its answer, and the change's number unless
/// the answer is that of an earlier request.
///
/// After an error nothing of it remains; only where that could not be done is the error one that
/// ends the transaction.
fn attempt(
    connection: &mut AnyConnection,
    request: &ChangeRequest,
    work: Work,
    head: &mut Head,
    room: &mut Room,
) -> Result<(Answered, Option<i64>)> {
    let outside = dialect::depth(connection)?;
    dialect::begin_savepoint(connection)?;
    let worked = catch_unwind(AssertUnwindSafe(|| behind_savepoint(connection, request, work, head, room)));
    let outcome = worked.unwrap_or_else(|panic| {
        // What it was doing to the rooms is not known.
        room.scratch = Scratch::default();
        Err(Error::failed(format!("a panic: {}", words_of(panic.as_ref()))))
    });
    let outcome = outcome.and_then(|done| dialect::commit(connection).map(|()| done));
    match outcome {
        Ok((answer, Some(next))) => {
            head.last_change = next.number;
            head.last_change_at = next.recorded_at.micros();
            Ok((Answered { answer, replayed: false }, Some(next.number)))
        }
        Ok((answer, None)) => Ok((Answered { answer, replayed: true }, None)),
        Err(error) => {
            dialect::roll_back_to(connection, outside).map_err(Error::unavailable)?;
            Err(error)
        }
    }
}

/// The place in the change log that a change takes.
#[derive(Clone, Copy)]
struct Next {
    number: i64,
    recorded_at: TimeStamp,
}

fn behind_savepoint(
    connection: &mut AnyConnection,
    request: &ChangeRequest,
    work: Work,
    head: &Head,
    room: &mut Room,
) -> Result<(Answer, Option<Next>)> {
    if let Some(answer) = idempotency_keys::answered(connection, request)? {
        return Ok((answer, None));
    }
    let Room { settings, keys, clock, scratch } = room;
    // Asked here, where the organisation's row is locked: whoever saw an earlier change recorded at
    // an instant finds every later one after it.
    let after = TimeStamp::from_micros(head.last_change_at.saturating_add(1)).map_err(Error::failed)?;
    let recorded_at = clock.now().max(request.received_at).max(after);
    let next = Next { number: head.last_change + 1, recorded_at };
    let mut change = Change::new(connection, request, (next.number, next.recorded_at), settings, keys, scratch);
    if next.number % PURGE_EVERY == 0 {
        idempotency_keys::purge(&mut change)?;
        nonces::purge(&mut change)?;
    }
    let answer = work(&mut change)?;
    change_log::write(&mut change, &answer)?;
    idempotency_keys::bind(&mut change, &answer)?;
    Ok((answer, Some(next)))
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without words")
}
