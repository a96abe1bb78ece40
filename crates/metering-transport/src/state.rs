//! What all calls share: built once, cloned per worker.
//!
//! [`State::read`] and [`State::change`] are the only ways to the store, and both leave the async
//! threads: a query on one of them would stop every other call that it serves.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::{self, Bytes};
use metering_messages::Limits;
use metering_model::{OrganisationId, Principal, Roles, Sha256, TimeStamp};
use metering_persistence::{
    Answer, Answered, Call, Change, ChangeRequest, Error as StoreError, Snapshot, Store, organisations,
};
use metering_validation::Facts;

use crate::admission::{BytesInFlight, Turns};
use crate::config::Config;
use crate::exchange::Exchange;
use crate::metrics;
use crate::problem::Problem;
use crate::recent_items::RecentItems;
use crate::recent_keys::RecentKeys;
use crate::sliding_window::{SlidingWindows, Standing};
use crate::token_key::TokenKey;

/// Work on a body of this size and below is done where the body was read: handing it over would
/// take longer than doing it.
const SMALL: usize = 64 << 10;

/// The server's own questions to the store at the same time: who calls, what is due, how it is.
/// They are few and quick, and have turns of their own, so that long reads hold up no login, no
/// control that is due, and not the page that tells why all is slow.
const OWN_QUESTIONS: usize = 8;

/// Callers and addresses that are told apart by the limits.
const CALLERS: usize = 100_000;

/// What all calls share: the store with its clock, the limits. Cloning gives another handle to it.
#[derive(Clone)]
pub struct State(Arc<Inner>);

struct Inner {
    store: Store,
    tokens: Vec<TokenKey>,
    keys: RecentKeys,
    items: RecentItems,
    organisations: RwLock<BTreeSet<OrganisationId>>,
    config: Config,
    started: Instant,
    quotas: SlidingWindows,
    failed_logins: SlidingWindows,
    bodies: Arc<BytesInFlight>,
    own_questions: Turns,
    reads: Turns,
    parses: Turns,
    draining: AtomicBool,
    descriptions: [OnceLock<Bytes>; 2],
}

impl State {
    /// The state of a server on `store` that believes tokens of `tokens`.
    #[must_use]
    pub fn new(store: Store, tokens: Vec<TokenKey>, config: Config) -> Self {
        metrics::install();
        Self(Arc::new(Inner {
            store,
            tokens,
            keys: RecentKeys::default(),
            items: RecentItems::default(),
            organisations: RwLock::default(),
            started: Instant::now(),
            quotas: SlidingWindows::new(CALLERS),
            failed_logins: SlidingWindows::new(CALLERS),
            bodies: BytesInFlight::new(config.bodies_in_flight_bytes),
            own_questions: Turns::new(OWN_QUESTIONS, config.turn),
            reads: Turns::new(config.reads_at_once, config.turn),
            parses: Turns::new(config.parses_at_once, config.turn),
            draining: AtomicBool::new(false),
            descriptions: Default::default(),
            config,
        }))
    }

    /// Says that the server is about to end: `/health/ready` answers 503 from now on.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to end.
    pub(crate) fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// The API's description in one of its two spellings, made once.
    pub(crate) fn description(&self, older: bool, make: impl FnOnce(&Config) -> Vec<u8>) -> Bytes {
        let [newest, oldest] = &self.0.descriptions;
        let kept = if older { oldest } else { newest };
        kept.get_or_init(|| make(&self.0.config).into()).clone()
    }

    /// The time, by the store's clock.
    pub(crate) fn now(&self) -> TimeStamp {
        self.0.store.now()
    }

    /// How long the server has been running.
    pub(crate) fn uptime(&self) -> Duration {
        self.0.started.elapsed()
    }

    /// The settings.
    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// How much of a message is read.
    pub(crate) fn limits(&self) -> Limits {
        Limits { items: self.0.config.items, depth: self.0.config.depth, ..Limits::default() }
    }

    /// What the rules need to know of a message that arrived at `now`.
    pub(crate) fn facts(&self, now: TimeStamp) -> Facts {
        Facts { now, rules: self.0.config.rules.clone() }
    }

    /// The keys that verify tokens.
    pub(crate) fn tokens(&self) -> &[TokenKey] {
        &self.0.tokens
    }

    /// API keys that were looked up within the last second.
    pub(crate) fn recent_keys(&self) -> &RecentKeys {
        &self.0.keys
    }

    /// What came in of late.
    pub(crate) fn recent_items(&self) -> &RecentItems {
        &self.0.items
    }

    /// Bytes of bodies under way.
    pub(crate) fn bodies(&self) -> &Arc<BytesInFlight> {
        &self.0.bodies
    }

    /// Reads that callers wait for.
    pub(crate) fn reads(&self) -> &Turns {
        &self.0.reads
    }

    /// Large bodies that are being inflated and parsed.
    pub(crate) fn parses(&self) -> &Turns {
        &self.0.parses
    }

    /// The store, for what belongs to no organisation: health, status, schedule, audit.
    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// Counts a call of this caller against their quota.
    pub(crate) fn count_call(&self, principal: &Principal) -> Standing {
        let who = format!("{}\n{}", principal.organisation, principal.id);
        self.0.quotas.take(&who, principal.quota, self.uptime())
    }

    /// Counts a failed login of this address.
    pub(crate) fn count_failed_login(&self, address: &str) -> Standing {
        self.0.failed_logins.take(address, self.0.config.failed_logins, self.uptime())
    }

    /// Whether there is such an organisation. None ever goes, so one that was found is not looked
    /// for again.
    pub(crate) async fn has_organisation(&self, id: &OrganisationId) -> Result<bool, Problem> {
        let known = &self.0.organisations;
        if known.read().unwrap_or_else(PoisonError::into_inner).contains(id) {
            return Ok(true);
        }
        let whose = id.clone();
        let there = self.blocking(move |store| store.read(&whose, organisations::list)).await?;
        let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
        known.extend(there.into_iter().map(|it| it.id));
        Ok(known.contains(id))
    }

    /// Reads what belongs to the caller's organisation.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        organisation: &OrganisationId,
        work: impl FnOnce(&mut Snapshot<'_>) -> metering_persistence::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let organisation = organisation.clone();
        self.at_its_turn(&self.0.reads, move |store| store.read(&organisation, work)).await
    }

    /// Asks the store one of the server's own questions, off the async threads.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> metering_persistence::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        self.at_its_turn(&self.0.own_questions, work).await
    }

    async fn at_its_turn<T: Send + 'static>(
        &self,
        turns: &Turns,
        work: impl FnOnce(&Store) -> metering_persistence::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = turns.next().await.ok_or_else(|| Problem::busy("too many reads are under way"))?;
        let store = self.0.store.clone();
        let done = web::block(move || {
            let _turn = turn;
            work(&store)
        });
        Ok(done.await.map_err(Problem::internal)??)
    }

    /// Changes what belongs to the caller's organisation. What comes back is on the disk.
    pub(crate) async fn change(
        &self,
        exchange: &Exchange,
        sha256: Sha256,
        idempotency_key: Option<String>,
        work: impl FnOnce(&mut Change<'_>) -> metering_persistence::Result<Answer> + Send + 'static,
    ) -> Result<Answered, StoreError> {
        // Without a caller there is nobody to change anything for; `Allowed` has made sure of one.
        let principal = exchange.principal().ok_or(StoreError::NotFound)?;
        let request = ChangeRequest {
            principal: (*principal).clone(),
            call: exchange.call(0),
            received_at: exchange.at,
            sha256,
            idempotency_key,
        };
        let committing = self.0.store.change(request, work)?;
        // From here on the change records the call, even if its client goes away meanwhile.
        exchange.recorded.set(true);
        let answered = committing.await;
        exchange.recorded.set(answered.is_ok());
        answered
    }

    /// A request of the server's own; what it is for is in the audit log as the method and the path.
    pub(crate) fn own_request(&self, organisation: &OrganisationId, (method, path): (&str, &str)) -> ChangeRequest {
        const SERVER: &str = "server";
        let now = self.now();
        ChangeRequest {
            principal: Principal {
                id: SERVER.to_owned(),
                organisation: organisation.clone(),
                roles: Roles::default(),
                quota: 0,
                limits: None,
            },
            call: Call {
                organisation: Some(organisation.clone()),
                principal: Some(SERVER.to_owned()),
                method: method.to_owned(),
                path: path.to_owned(),
                status: 0,
                request_id: String::new(),
                peer: String::new(),
                at: now,
            },
            received_at: now,
            sha256: Sha256([0; 32]),
            idempotency_key: None,
        }
    }

    /// Works on `bytes` bytes of a body: at once if they are few, else off the async threads, no
    /// more at once than the setting says.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        if bytes <= SMALL {
            return work();
        }
        let turn = self.0.parses.next().await.ok_or_else(|| Problem::busy("too many large bodies are being read"))?;
        let done = web::block(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(Problem::internal)?
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("config", &self.0.config).finish_non_exhaustive()
    }
}
