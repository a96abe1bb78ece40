//! The table of settings: name, kind, default, example and meaning of each, in one place.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use metering_transport::{Context, Namespaces, ReplyAddress};

use super::Origin;
use super::value::{Bytes, LogFormat, Unconfigured, Value};

/// What `check-config` shows in place of a secret.
pub(super) const MASK: &str = "(set, not shown)";

/// The text of a setting and where it came from.
#[derive(Debug)]
pub(super) struct Found {
    // Wrapped, because some are secrets and this struct is in `Settings`, which can be printed.
    pub(super) text: SecretString,
    pub(super) origin: Origin,
}

/// One row of the table of settings.
pub(crate) struct Setting {
    /// The name in the file; the variable is `METERING_` and the name in capitals.
    pub(crate) name: &'static str,
    /// What holds when nobody sets it.
    pub(crate) default: &'static str,
    /// A value that would be right.
    pub(crate) example: &'static str,
    /// Whether its value is never shown.
    pub(crate) secret: bool,
    /// What it means.
    pub(crate) meaning: &'static str,
}

impl Setting {
    /// The flag that sets it. What others must not know has none: other users of the machine can read command lines.
    pub(crate) fn flag(&self) -> Option<String> {
        (!matches!(self.name, "key" | "reply_authorization")).then(|| self.name.replace('_', "-"))
    }

    /// The environment variable that sets it.
    pub(crate) fn variable(&self) -> String {
        format!("METERING_{}", self.name.to_ascii_uppercase())
    }
}

/// One table: the settings as a struct, and what is said of each.
macro_rules! settings {
    ($( $(#[doc = $meaning:literal])+ $name:ident: $kind:ty = $default:literal, $example:literal $(, $secret:ident)?; )*) => {
        /// Every setting, with the value that holds.
        #[derive(Debug)]
        pub(crate) struct Settings {
            $( $(#[doc = $meaning])+ pub(crate) $name: $kind, )*
            /// The keys that tokens from elsewhere are checked with.
            pub(crate) token_keys: Vec<TokenKey>,
            /// The value of each setting as text and where it came from, for `check-config`.
            pub(super) texts: BTreeMap<&'static str, Found>,
        }

        /// Every setting in the order in which the documentation lists them.
        pub(crate) const SETTINGS: &[Setting] = &[$(
            Setting {
                name: stringify!($name),
                default: $default,
                example: $example,
                secret: settings!(@secret $($secret)?),
                meaning: concat!($($meaning),+),
            },
        )*];

        pub(super) fn typed(texts: BTreeMap<&'static str, Found>, token_keys: Vec<TokenKey>, faults: &mut Vec<String>) -> Option<Settings> {
            let mut rows = SETTINGS.iter();
            // The struct and the table are made from the same rows, in the same order.
            $( let $name = rows.next().and_then(|setting| value::<$kind>(setting, &texts, faults)); )*
            Some(Settings { $($name: $name?,)* token_keys, texts })
        }
    };
    (@secret) => { false };
    (@secret secret) => { true };
}

settings! {
    /// Address and port to listen on; port 0 picks a free one and prints it.
    listen: SocketAddr = "127.0.0.1:8443", "0.0.0.0:8443";
    /// The folder for all files the server makes.
    data_dir: PathBuf = "metering-data", "/var/lib/metering";
    /// The PostgreSQL database; none means an encrypted SQLite file in the data folder.
    database_url: Option<SecretString> = "", "postgresql://metering@db.example/metering?sslmode=verify-full", secret;
    /// The file with the server's key, 64 hexadecimal digits; none means `server.key` in the data folder.
    key_file: Option<PathBuf> = "", "/etc/metering/server.key";
    /// The server's key itself, in place of a file.
    key: Option<SecretString> = "", "64 hexadecimal digits", secret;
    /// Whom clients can ask about this server, told in the API's description: an e-mail address, a web address or a name.
    contact: String = "", "metering@utility.example";
    /// The namespaces of the standard's messages in XML, with blanks between: all are read, the first is written; `{noun}` stands for the name of the message.
    xml_namespaces: Namespaces = "http://iec.ch/TC57/2011/{noun}# http://www.iec.ch/TC57/2011/{noun}#", "urn:example:{noun} http://iec.ch/TC57/2011/{noun}#";
    /// The contexts in which enveloped messages are taken, with blanks between; one that names none is meant for `PRODUCTION`.
    xml_contexts: Vec<Context> = "PRODUCTION", "TESTING";
    /// Where replies may be sent that are to come later (`AsyncReplyFlag`), with blanks between; a message names one of them, letter for letter.
    reply_addresses: Vec<ReplyAddress> = "", "https://bus.example/replies";
    /// What is sent to these addresses as the header `Authorization`.
    reply_authorization: Option<SecretString> = "", "Bearer and a token", secret;
    /// The certificates in PEM of whom is believed about these addresses; none believes whom browsers believe.
    reply_certificates: Option<PathBuf> = "", "/etc/metering/bus-ca.pem";

    /// The certificate chain in PEM; none makes one for this machine when the address is a loopback one.
    tls_certificate: Option<PathBuf> = "", "/etc/metering/tls.crt";
    /// The private key of the certificate in PEM.
    tls_key: Option<PathBuf> = "", "/etc/metering/tls.key";
    /// Serves plain HTTP, for a proxy in front that terminates TLS.
    plain_http: bool = "false", "true";

    /// Which log lines are written: a level, or levels by module.
    log: String = "info,actix_server=warn,actix_http=off", "debug";
    /// How log lines look: `text` or `json`.
    log_format: LogFormat = "text", "json";

    /// Threads that serve connections; 0 means one for each core.
    workers: usize = "0", "4";
    /// Connections at once for each of these threads.
    connections: usize = "10000", "1000";
    /// Seconds within which a TLS handshake must be over.
    tls_handshake_seconds: u64 = "5", "10";
    /// Seconds within which the head of a request must have arrived.
    head_seconds: u64 = "5", "10";
    /// Seconds for which an idle connection is kept.
    keep_alive_seconds: u64 = "75", "15";
    /// Seconds that requests under way are given to finish after SIGTERM.
    drain_seconds: u64 = "30", "10";
    /// Connections to the database that answer reads.
    readers: u32 = "8", "16";
    /// Reads of the database at once; more wait.
    reads_at_once: usize = "32", "64";
    /// Large bodies that are read at once; 0 means one for each core.
    parses_at_once: usize = "0", "4";
    /// Seconds that a request waits for its turn among these; then 503 is answered.
    turn_seconds: u64 = "5", "2";
    /// Writing requests that may wait for the database; more are answered 503.
    waiting: usize = "256", "1024";

    /// Requests in any 60 seconds for each token subject, and for each key made without a quota of its own.
    rate: u32 = "100", "600";
    /// Wrong credentials in any 60 seconds from one address.
    failed_logins: u32 = "30", "10";
    /// Days that a token may still live when it is used; one that lives longer is refused.
    longest_token_days: u64 = "31", "1";
    /// Items in one request.
    max_items: usize = "100000", "5000";
    /// The size of a body on the wire.
    max_body: Bytes = "16MiB", "4MiB";
    /// The size of a body once inflated.
    max_inflated: Bytes = "64MiB", "16MiB";
    /// The size of all bodies in memory together; beyond it 503 is answered.
    max_in_flight: Bytes = "256MiB", "1GiB";
    /// How deep JSON may nest.
    max_depth: usize = "32", "16";
    /// Seconds without a byte of a body after which the request is given up.
    body_stall_seconds: u64 = "10", "5";
    /// Bytes a second that a body must bring on average once that time is over.
    slowest_body: Bytes = "1KiB", "256";

    /// Hours by which a reading's time stamp may be ahead of the clock.
    reading_ahead_hours: u32 = "24", "1";
    /// Minutes by which a control's effective time may have passed without a later expiry.
    effect_passed_minutes: u32 = "60", "10";
    /// Hours after its effective time at which a control expires that names no expiry.
    expires_after_hours: u32 = "24", "12";
    /// The same for disconnects and reconnects.
    switching_expires_after_hours: u32 = "4", "1";
    /// Days for which an equal disconnect or reconnect is taken for a replay.
    replay_days: u32 = "7", "30";
    /// Days for which an `Idempotency-Key` is kept; not fewer than 7.
    idempotency_days: u32 = "7", "30";
    /// What happens with meters, usage points and devices nobody configured: `accept` or `refuse`.
    unconfigured: Unconfigured = "accept", "refuse";
    /// How many of them an organisation may have.
    unconfigured_ceiling: u64 = "1000000", "10000";
}

/// A key that tokens made elsewhere are checked with: one `[[token_keys]]` table of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenKey {
    /// The `kid` of the tokens it checks.
    pub(crate) kid: String,
    /// The one algorithm it is for; the token has no say in it.
    pub(crate) algorithm: Algorithm,
    /// For HS256: the file with the secret, 32 bytes or more.
    pub(crate) secret_file: Option<PathBuf>,
    /// For RS256: the file with the public key in PEM, 2048 bits or more.
    pub(crate) public_key_file: Option<PathBuf>,
    /// What `iss` must be.
    pub(crate) issuer: String,
    /// What `aud` must name.
    pub(crate) audience: String,
    /// What the issuer calls its own claims.
    #[serde(default)]
    pub(crate) claims: ClaimNames,
}

/// What the issuer of tokens calls the claims that no standard names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimNames {
    /// In the place of `organisation`.
    pub(crate) organisation: Option<String>,
    /// In the place of `roles`.
    pub(crate) roles: Option<String>,
    /// In the place of `meters`.
    pub(crate) meters: Option<String>,
    /// In the place of `usagePoints`.
    pub(crate) usage_points: Option<String>,
}

impl From<ClaimNames> for metering_transport::ClaimNames {
    fn from(set: ClaimNames) -> Self {
        let default = Self::default();
        Self {
            organisation: set.organisation.unwrap_or(default.organisation),
            roles: set.roles.unwrap_or(default.roles),
            meters: set.meters.unwrap_or(default.meters),
            usage_points: set.usage_points.unwrap_or(default.usage_points),
        }
    }
}

/// How the tokens of a [`TokenKey`] are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Algorithm {
    /// HMAC with SHA-256.
    #[serde(rename = "HS256")]
    Hs256,
    /// RSA with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
}

fn value<T: Value>(setting: &Setting, texts: &BTreeMap<&'static str, Found>, faults: &mut Vec<String>) -> Option<T> {
    let found = texts.get(setting.name)?;
    match T::read(found.text.expose_secret().trim()) {
        Ok(value) => Some(value),
        Err(expected) => {
            let place = match &found.origin {
                Origin::Default => setting.name.to_owned(),
                Origin::File(path) => format!("{}: {}", path.display(), setting.name),
                Origin::Variable(name) | Origin::Flag(name) => name.clone(),
            };
            let got = if setting.secret { MASK } else { found.text.expose_secret() };
            faults.push(format!("{place} must be {expected}, such as `{}`; it is `{got}`", setting.example));
            None
        }
    }
}
