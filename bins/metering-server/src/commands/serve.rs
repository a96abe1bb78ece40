//! `serve`: the server, from its first file to the last answer.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use actix_web::rt::{System, spawn, time};
use metering_persistence::{Store, StoreRole};
use metering_transport::{Config, Rules, State, TokenKey};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use serde_json::json;

use super::{Failure, Output, token};
use crate::certificate::Pair;
use crate::config::{Algorithm, Settings};
use crate::first_run::{self, FoundKey, Made};
use crate::tls::{Reloading, certificates};
use crate::{examples, private_file, store};

/// How often the certificate's files are looked at.
const LOOK: Duration = Duration::from_secs(60);

pub(super) fn run(settings: &Settings, output: Output) -> Result<(), Failure> {
    // An error only says that there is a default already.
    let _ = ring::default_provider().install_default();
    let found = first_run::key(settings)?;
    let store = store::open(settings, &found.key, StoreRole::Server)?;
    let served = serve(settings, found, &store, output);
    // Whatever happened: what has been queued is committed before the end.
    store.close();
    tracing::info!("stopped");
    served
}

fn serve(settings: &Settings, found: FoundKey, store: &Store, output: Output) -> Result<(), Failure> {
    let certificate = certificate(settings)?;
    let mut tokens = vec![token::own_key(&found.key)?];
    tokens.extend(token_keys(settings)?);
    let config = Config { reply_certificates: reply_certificates(settings)?, ..transport(settings) };
    let state = State::new(store.clone(), tokens, config);
    let system = System::new();
    let (listening, signals, hangup) = system.block_on(async {
        let tls = certificate.as_ref().map(|it| it.reloading.server_config()).transpose()?;
        let listening = metering_transport::listen(&state, tls)
            .map_err(|error| Failure::new(format!("cannot listen on {}: {error}", settings.listen)))?;
        // Caught before the first line is printed: whoever reads that line may send a signal.
        let signals = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
        Ok::<_, Failure>((listening, signals, signal(SignalKind::hangup())?))
    })?;
    // Only once nothing else can go wrong: what a first start made is told once. Outside the async
    // runtime, because it waits for the commit.
    let made = first_run::credentials(settings, found, store)?;
    let address = listening.addresses().first().copied().unwrap_or(settings.listen);
    greet(settings, address, certificate.as_ref(), made.as_ref(), output);
    system.block_on(async {
        if let Some(certificate) = certificate {
            spawn(keep_fresh(certificate, hangup));
        }
        listening.run(told_to_stop(signals, state.clone())).await
    })?;
    Ok(())
}

/// The certificate to serve with, and whether it is of our own making.
struct Certificate {
    reloading: Arc<Reloading>,
    own: bool,
}

fn certificate(settings: &Settings) -> Result<Option<Certificate>, Failure> {
    if settings.plain_http {
        return Ok(None);
    }
    let (pair, own) = match configured_pair(settings) {
        Some(pair) => (pair, false),
        None => (Pair::own(&settings.data_dir), true),
    };
    if own && pair.renew(SystemTime::now())? {
        tracing::info!(certificate = %pair.certificate.display(), "made a certificate for this machine");
    }
    Ok(Some(Certificate { reloading: Reloading::new(pair)?, own }))
}

/// The certificate of the settings, if they name one.
pub(super) fn configured_pair(settings: &Settings) -> Option<Pair> {
    let (certificate, key) = (settings.tls_certificate.clone()?, settings.tls_key.clone()?);
    Some(Pair { certificate, key })
}

/// Takes a new certificate on SIGHUP and when its files change; renews our own before it ends.
async fn keep_fresh(certificate: Certificate, mut hangup: Signal) {
    let Certificate { reloading, own } = certificate;
    loop {
        // Elapsed or a signal: both mean to look.
        let told = time::timeout(LOOK, hangup.recv()).await.is_ok();
        if own && let Err(error) = reloading.pair().renew(SystemTime::now()) {
            tracing::error!(%error, "the certificate cannot be renewed");
        }
        let taken = if told { reloading.reload().map(|()| true) } else { reloading.reload_if_changed() };
        match taken {
            Ok(true) => tracing::info!("the certificate was read again"),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "the new certificate cannot be used; the one before stays in use"),
        }
    }
}

/// Resolves at the first SIGTERM or SIGINT. A second one ends the process at once: what was
/// answered is on disk, whatever is under way is not answered.
async fn told_to_stop([mut terminate, mut interrupt]: [Signal; 2], state: State) {
    let name = either(&mut terminate, &mut interrupt).await.0;
    tracing::info!(signal = name, "stopping: requests under way are finished, no new ones are taken");
    state.drain();
    spawn(async move {
        let (name, number) = either(&mut terminate, &mut interrupt).await;
        tracing::warn!(signal = name, "stopping at once");
        std::process::exit(128 + number);
    });
}

/// The name and number of whichever comes first.
async fn either(terminate: &mut Signal, interrupt: &mut Signal) -> (&'static str, i32) {
    std::future::poll_fn(|context| {
        if terminate.poll_recv(context).is_ready() {
            return std::task::Poll::Ready(("SIGTERM", SignalKind::terminate().as_raw_value()));
        }
        interrupt.poll_recv(context).map(|_| ("SIGINT", SignalKind::interrupt().as_raw_value()))
    })
    .await
}

/// What the network floor is told.
fn transport(settings: &Settings) -> Config {
    let defaults = Config::default();
    let bytes = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let or_cores = |set: usize, cores: usize| if set == 0 { cores } else { set };
    Config {
        listen: settings.listen,
        workers: or_cores(settings.workers, defaults.workers),
        items: settings.max_items,
        depth: settings.max_depth,
        inflated_bytes: bytes(settings.max_inflated.0),
        wire_bytes: bytes(settings.max_body.0),
        bodies_in_flight_bytes: bytes(settings.max_in_flight.0),
        stall: Duration::from_secs(settings.body_stall_seconds),
        slowest_body: settings.slowest_body.0,
        head: Duration::from_secs(settings.head_seconds),
        keep_alive: Duration::from_secs(settings.keep_alive_seconds),
        tls_handshake: Duration::from_secs(settings.tls_handshake_seconds),
        connections: settings.connections,
        drain: Duration::from_secs(settings.drain_seconds),
        quota: settings.rate,
        failed_logins: settings.failed_logins,
        reads_at_once: settings.reads_at_once,
        parses_at_once: or_cores(settings.parses_at_once, defaults.parses_at_once),
        turn: Duration::from_secs(settings.turn_seconds),
        longest_token: Duration::from_secs(settings.longest_token_days.saturating_mul(24 * 3600)),
        contact: settings.contact.clone(),
        namespaces: settings.xml_namespaces.clone(),
        contexts: settings.xml_contexts.clone(),
        reply_addresses: settings.reply_addresses.clone(),
        reply_authorization: settings.reply_authorization(),
        rules: Rules {
            reading_ahead: settings.reading_ahead_hours.saturating_mul(3600),
            effect_passed: settings.effect_passed_minutes.saturating_mul(60),
            expires_after: settings.expires_after_hours.saturating_mul(3600),
            switching_expires_after: settings.switching_expires_after_hours.saturating_mul(3600),
        },
        ..defaults
    }
}

/// Who is believed about the addresses that replies are sent to.
pub(super) fn reply_certificates(settings: &Settings) -> Result<Vec<CertificateDer<'static>>, Failure> {
    Ok(settings.reply_certificates.as_deref().map(certificates).transpose()?.unwrap_or_default())
}

/// The keys of the settings that tokens from elsewhere are verified with.
pub(super) fn token_keys(settings: &Settings) -> Result<Vec<TokenKey>, Failure> {
    let mut keys = Vec::new();
    for set in &settings.token_keys {
        let failed = |path: &Path, error: &dyn std::fmt::Display| {
            Failure::new(format!("token_keys: key `{}`: {}: {error}", set.kid, path.display()))
        };
        let path = match set.algorithm {
            Algorithm::Hs256 => &set.secret_file,
            Algorithm::Rs256 => &set.public_key_file,
        };
        // That there is one is among the rules of the settings.
        let Some(path) = path else { continue };
        let content = fs::read(path).map_err(|error| failed(path, &error))?;
        if set.algorithm == Algorithm::Hs256 && private_file::readable_by_others(path).unwrap_or(false) {
            tracing::warn!(file = %path.display(), "other users of this machine can read a secret of tokens: chmod 600");
        }
        let made = match set.algorithm {
            // An editor ends a file with a line break that is no part of the secret.
            Algorithm::Hs256 => TokenKey::hs256(Some(&set.kid), content.trim_ascii_end(), &set.issuer, &set.audience),
            Algorithm::Rs256 => TokenKey::rs256(Some(&set.kid), &content, &set.issuer, &set.audience),
        };
        keys.push(made.map_err(|error| failed(path, &error))?.with_claims(set.claims.clone().into()));
    }
    Ok(keys)
}

/// Prints where the server listens, what a first start made, and how to begin. One write, so that
/// whoever waits for the line has all of it.
fn greet(
    settings: &Settings,
    address: SocketAddr,
    certificate: Option<&Certificate>,
    made: Option<&Made>,
    output: Output,
) {
    let scheme = if certificate.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{address}");
    if output.json() {
        let files = made.map(|made| made.files.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>());
        say(&format!("{}\n", json!({"listening": url, "made": files.unwrap_or_default()})));
        return;
    }
    let mut text = String::new();
    let own = certificate.filter(|it| it.own).map(|it| absolute(&it.reloading.pair().certificate));
    // Writing into a string does not fail.
    if let Some(made) = made {
        let _ = writeln!(text, "This is the first start. It made these files, each for you alone:");
        for (path, meaning) in &made.files {
            let _ = writeln!(text, "  {}\n      {meaning}", path.display());
        }
        if let Some(path) = &own {
            let _ = writeln!(text, "  {}\n      the certificate clients are to trust", path.display());
        }
        let _ = writeln!(text);
    }
    let _ = writeln!(text, "listening on {url}");
    match made {
        Some(made) => {
            let reached = format!("{scheme}://{}", reachable(address));
            let commands = examples::commands(&reached, own.as_deref(), &made.token, &made.api_key);
            let _ = writeln!(text, "{commands}");
        }
        None => {
            let folder = settings.data_dir.display();
            let _ = writeln!(
                text,
                "A new key:   metering-server --data-dir {folder} keys create --name NAME --roles ROLE,...\n\
                 A new token: metering-server --data-dir {folder} token --roles ROLE,..."
            );
        }
    }
    say(&text);
}

fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody may be reading; that is no reason not to serve.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The address a client on this machine reaches the server at.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
