//! Replies that were promised for later, sent to the addresses that an operator has allowed.
//!
//! The store owes them, so a server that ends between two attempts forgets none. Nothing that an
//! address answers is read but the status, no redirect is followed, and an address that does not
//! answer holds up others only as long as all that may be sent at once wait for it.

use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::spawn;
use actix_web::web;
use metering_model::OrganisationId;
use metering_persistence::owed_replies::{self, OwedReply};
use metering_persistence::{Answer, Change, Error, Result};
use tokio::sync::Semaphore;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::{all, keep_looking};
use crate::config::Config;
use crate::metrics::{self, ReplyFate};
use crate::problem::Problem;
use crate::state::State;

/// Replies that are on their way at the same time.
const AT_ONCE: usize = 8;
/// How long an address may take to be reached.
const REACHED: Duration = Duration::from_secs(5);
/// How long an attempt may take.
const ATTEMPT: Duration = Duration::from_secs(30);
/// Seconds after which a reply is due again of which nothing was heard: longer than an attempt.
const LEASE: i64 = 60;
/// Seconds until the second attempt; twice as many until each further one.
const FIRST_PAUSE: i64 = 1;
/// The most seconds between two attempts.
const LONGEST_PAUSE: i64 = 300;
/// How long it rests after each look.
const REST: Duration = Duration::from_millis(100);

/// What the audit log has of it.
const CALL: (&str, &str) = ("REPLY", "/messages");

/// Sends what is due, until it is dropped. A server without addresses owes nothing.
pub(crate) async fn run(state: State) {
    if state.config().reply_addresses.is_empty() {
        return;
    }
    let (client, turns) = (Arc::new(Client::of(state.config())), Arc::new(Semaphore::new(AT_ONCE)));
    let mut looked = 0usize;
    keep_looking(&state, "replies", REST, async || {
        looked = looked.wrapping_add(1);
        look(&state, &client, &turns, looked).await
    })
    .await;
}

/// Sends what is due, as far as there are turns.
async fn look(
    state: &State,
    client: &Arc<Client>,
    turns: &Arc<Semaphore>,
    looked: usize,
) -> std::result::Result<(), Problem> {
    let (own, free) = (state.clone(), turns.available_permits());
    for (organisation, reply) in state.blocking(move |_| claim(&own, free, looked)).await? {
        let Ok(turn) = Arc::clone(turns).acquire_owned().await else { return Ok(()) };
        let (state, client) = (state.clone(), Arc::clone(client));
        spawn(async move {
            let _turn = turn;
            if let Err(problem) = send(&state, &client, organisation, reply).await {
                // The lease ends, and the reply is due again.
                problem.log("replies");
            }
        });
    }
    Ok(())
}

/// Takes up to `most` replies that are due. Each time it begins with another organisation, so that
/// none of them takes all turns.
fn claim(state: &State, most: usize, looked: usize) -> Result<Vec<(OrganisationId, OwedReply)>> {
    let (store, now) = (state.store(), state.now());
    let mut organisations = all(store)?;
    let first = looked % organisations.len().max(1);
    organisations.rotate_left(first);
    let mut claimed = Vec::new();
    for organisation in organisations {
        let room = most - claimed.len();
        if room == 0 {
            break;
        }
        if store.read(&organisation, owed_replies::next_due)?.is_none_or(|at| now < at) {
            continue;
        }
        let due = change(state, &organisation, move |change| owed_replies::claim(change, room, LEASE))?;
        for address in due.given_up {
            tracing::error!(%organisation, %address, "a reply could not be delivered for a day and was given up");
            metrics::reply(ReplyFate::GivenUp);
        }
        claimed.extend(due.replies.into_iter().map(|reply| (organisation.clone(), reply)));
    }
    Ok(claimed)
}

/// One attempt, and what comes of it.
async fn send(
    state: &State,
    client: &Arc<Client>,
    organisation: OrganisationId,
    reply: OwedReply,
) -> std::result::Result<(), Problem> {
    let OwedReply { id, address, content_type, attempts, body } = reply;
    let allowed = state.config().reply_addresses.iter().any(|it| it.as_ref() == address);
    let outcome = if allowed {
        let (client, to) = (Arc::clone(client), address.clone());
        web::block(move || client.post(&to, &content_type, &body)).await.map_err(Problem::internal)?
    } else {
        Err("it is no longer among the addresses that replies may be sent to".to_owned())
    };
    let fate = match outcome {
        Ok(()) => ReplyFate::Sent,
        Err(_) if !allowed => ReplyFate::GivenUp,
        Err(_) => ReplyFate::Failed,
    };
    if let Err(error) = outcome {
        tracing::warn!(%organisation, %address, attempt = attempts + 1, "a reply was not taken: {error}");
    }
    let until = state.now().plus_seconds(pause(attempts));
    let own = state.clone();
    state
        .blocking(move |_| {
            change(&own, &organisation, move |change| match fate {
                ReplyFate::Failed => owed_replies::put_off(change, &id, until),
                ReplyFate::Sent | ReplyFate::GivenUp => owed_replies::settle(change, &id),
            })
        })
        .await?;
    metrics::reply(fate);
    Ok(())
}

/// Does a change of the server's own.
fn change<T: Send + 'static>(
    state: &State,
    organisation: &OrganisationId,
    work: impl FnOnce(&mut Change<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (tell, told) = std::sync::mpsc::channel();
    state.store().change_and_wait(state.own_request(organisation, CALL), move |change| {
        let _ = tell.send(work(change)?);
        Ok(Answer { status: 200, ..Answer::default() })
    })?;
    told.try_recv().map_err(|error| Error::Failed(Arc::new(error)))
}

/// Seconds until the next attempt, after so many before this one.
fn pause(attempts: i32) -> i64 {
    let doubled = u32::try_from(attempts).ok().and_then(|attempts| FIRST_PAUSE.checked_shl(attempts.min(20)));
    doubled.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE)
}

/// What sends.
struct Client {
    agent: ureq::Agent,
    authorization: Option<actix_web::http::header::HeaderValue>,
}

impl Client {
    fn of(config: &Config) -> Self {
        let roots = match config.reply_certificates.as_slice() {
            [] => RootCerts::WebPki,
            some => RootCerts::from(some.iter().map(|it| Certificate::from_der(it).to_owned())),
        };
        let agent = ureq::Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("metering-server/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(REACHED))
            .timeout_global(Some(ATTEMPT))
            .build()
            .into();
        Self { agent, authorization: config.reply_authorization.clone() }
    }

    /// Posts a reply; the error says, for the log, why it was not taken.
    fn post(&self, address: &str, content_type: &str, body: &[u8]) -> std::result::Result<(), String> {
        let mut request = self.agent.post(address).content_type(content_type);
        if let Some(value) = self.authorization.as_ref().and_then(|it| it.to_str().ok()) {
            request = request.header("authorization", value);
        }
        let answer = request.send(body).map_err(|error| error.to_string())?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("it answered {}", answer.status())) }
    }
}

#[cfg(test)]
mod tests {
    use super::pause;

    #[test]
    fn pauses_grow_to_five_minutes() {
        let pauses: Vec<i64> = [0, 1, 2, 8, 9, 60, i32::MAX].into_iter().map(pause).collect();
        assert_eq!(pauses, [1, 2, 4, 256, 300, 300, 300]);
    }
}
