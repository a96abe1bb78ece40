//! What an operator can set of the network side.

use std::net::{Ipv4Addr, SocketAddr};
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::http::header::HeaderValue;
use metering_messages::envelope::Context;
use metering_messages::xml::Namespaces;
use metering_validation::Rules;
use rustls::pki_types::CertificateDer;

use crate::reply_address::ReplyAddress;

/// The settings of the network side; each default is right for a server of one machine.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Threads that serve connections.
    pub workers: usize,
    /// Items a message may have.
    pub items: usize,
    /// Objects and lists a message may have within each other.
    pub depth: usize,
    /// Bytes of one body, inflated.
    pub inflated_bytes: usize,
    /// Bytes of one body as it is sent.
    pub wire_bytes: usize,
    /// Bytes of all bodies that are being read or worked on.
    pub bodies_in_flight_bytes: usize,
    /// How long a body may send nothing.
    pub stall: Duration,
    /// Bytes per second a body must bring on average, once it has taken as long as a stall may.
    pub slowest_body: u64,
    /// How long the head of a request may take.
    pub head: Duration,
    /// How long a connection may be idle between requests.
    pub keep_alive: Duration,
    /// How long a TLS handshake may take.
    pub tls_handshake: Duration,
    /// Connections each worker takes.
    pub connections: usize,
    /// How long requests that have begun may take to end at shutdown.
    pub drain: Duration,
    /// Requests in any 60 seconds of one token subject; API keys carry their own number.
    pub quota: u32,
    /// Failed logins of one address in any 60 seconds.
    pub failed_logins: u32,
    /// Reads of the database at the same time.
    pub reads_at_once: usize,
    /// Large bodies inflated and parsed at the same time.
    pub parses_at_once: usize,
    /// How long a call may wait for its turn among the reads or parses.
    pub turn: Duration,
    /// The longest time until a token's expiry that is accepted.
    pub longest_token: Duration,
    /// Whom to ask about the server: an e-mail address, a web address or a name; empty for nobody.
    pub contact: String,
    /// The namespaces of the standard's messages.
    pub namespaces: Namespaces,
    /// The contexts in which messages are taken; one that names none is meant for `PRODUCTION`.
    pub contexts: Vec<Context>,
    /// Where replies may be sent that come later.
    pub reply_addresses: Vec<ReplyAddress>,
    /// What is sent to them as `Authorization`; marked as sensitive, so that it is never printed.
    pub reply_authorization: Option<HeaderValue>,
    /// Who vouches for them; empty for whom browsers believe.
    pub reply_certificates: Vec<CertificateDer<'static>>,
    /// The bounds of the rules for messages.
    pub rules: Rules,
}

impl Default for Config {
    fn default() -> Self {
        let cores = available_parallelism().map_or(2, usize::from);
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8443)),
            workers: cores,
            items: 100_000,
            depth: 32,
            inflated_bytes: 64 << 20,
            wire_bytes: 16 << 20,
            bodies_in_flight_bytes: 256 << 20,
            stall: Duration::from_secs(10),
            slowest_body: 1_024,
            head: Duration::from_secs(5),
            keep_alive: Duration::from_secs(75),
            tls_handshake: Duration::from_secs(5),
            connections: 10_000,
            drain: Duration::from_secs(30),
            quota: 100,
            failed_logins: 30,
            reads_at_once: 32,
            parses_at_once: cores,
            turn: Duration::from_secs(5),
            longest_token: Duration::from_secs(31 * 24 * 3600),
            contact: String::new(),
            namespaces: Namespaces::default(),
            contexts: vec![Context::default()],
            reply_addresses: Vec::new(),
            reply_authorization: None,
            reply_certificates: Vec::new(),
            rules: Rules::default(),
        }
    }
}
