//! Listening, serving, ending.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use actix_web::HttpServer;
use actix_web::dev::{Server, ServerHandle};
use actix_web::rt::spawn;

use crate::app::app;
use crate::delivery::{replies, schedule};
use crate::state::State;

/// A server that listens; connections wait until it is run.
#[must_use = "it serves nobody until it is run"]
pub struct Listening {
    server: Server,
    addresses: Vec<SocketAddr>,
    state: State,
}

/// Binds the address of the settings. With `tls` over TLS, HTTP/1.1 and 2 by ALPN; without it
/// plain HTTP/1.1, for a proxy on the same machine that ends TLS.
///
/// It must be called within an actix runtime.
///
/// # Errors
/// When the address cannot be bound.
pub fn listen(state: &State, tls: Option<rustls::ServerConfig>) -> io::Result<Listening> {
    let config = state.config();
    let factory = state.clone();
    let server = HttpServer::new(move || app(factory.clone()))
        .workers(config.workers.max(1))
        .client_request_timeout(config.head)
        .keep_alive(config.keep_alive)
        .tls_handshake_timeout(config.tls_handshake)
        .max_connections(config.connections)
        .shutdown_timeout(config.drain.as_secs())
        // The caller says when it ends.
        .disable_signals();
    // The library offers no bound for the streams of an HTTP/2 connection, so what they can ask
    // for is bounded where it costs: bytes in flight, reads and parses at once, the quota.
    let server = match tls {
        Some(tls) => server.bind_rustls_0_23(config.listen, tls)?,
        None => server.bind(config.listen)?,
    };
    let addresses = server.addrs();
    Ok(Listening { server: server.run(), addresses, state: state.clone() })
}

impl Listening {
    /// The addresses it listens on, with the port that was picked where 0 was asked for.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// A handle to stop it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until `shutdown` resolves, then takes no more connections and finishes the requests
    /// that have begun, within the time of the settings. The store stays open.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn run(self, shutdown: impl Future<Output = ()> + 'static) -> io::Result<()> {
        let Self { server, state, .. } = self;
        let handle = server.handle();
        let by_itself = [spawn(schedule::run(state.clone())), spawn(replies::run(state.clone()))];
        let stopping = spawn(async move {
            shutdown.await;
            state.drain();
            handle.stop(true).await;
        });
        let served = server.await;
        stopping.abort();
        by_itself.iter().for_each(|it| it.abort());
        served
    }
}

impl std::fmt::Debug for Listening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listening").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}
