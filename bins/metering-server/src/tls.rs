//! TLS 1.2 and 1.3, with a certificate that can be exchanged while the server runs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use thiserror::Error;

use crate::certificate::{self, Pair};
use crate::private_file;

/// Why a certificate cannot be used.
#[derive(Debug, Error)]
pub(crate) enum TlsError {
    /// A file that cannot be read.
    #[error("{}: {source}", .path.display())]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file without what it should hold.
    #[error("{}: there is no {wanted} in PEM in this file", .path.display())]
    Empty {
        /// Which one.
        path: PathBuf,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A certificate and a key that do not belong together, or a key of a kind that is not known.
    #[error("the certificate {} and the key {} cannot be used together: {reason}", .pair.certificate.display(), .pair.key.display())]
    Pair {
        /// The files.
        pair: Pair,
        /// Why.
        reason: rustls::Error,
    },
    /// The library.
    #[error("TLS cannot be set up: {0}")]
    Library(#[from] rustls::Error),
}

/// The certificate in use.
#[derive(Debug)]
pub(crate) struct Reloading {
    pair: Pair,
    current: RwLock<Arc<CertifiedKey>>,
    changed: RwLock<Stamp>,
}

/// When the two files were written last.
type Stamp = [Option<SystemTime>; 2];

impl ResolvesServerCert for Reloading {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Reloading {
    /// Reads the pair.
    pub(crate) fn new(pair: Pair) -> Result<Arc<Self>, TlsError> {
        let stamp = stamp(&pair);
        let current = RwLock::new(Arc::new(read(&pair)?));
        Ok(Arc::new(Self { pair, current, changed: RwLock::new(stamp) }))
    }

    /// The files it comes from.
    pub(crate) fn pair(&self) -> &Pair {
        &self.pair
    }

    /// Reads the pair again. A pair that cannot be used is an error, and the one in use stays.
    pub(crate) fn reload(&self) -> Result<(), TlsError> {
        let stamp = stamp(&self.pair);
        let fresh = read(&self.pair);
        // Noted even if it is no pair: that is complained of once, not every minute. But files that could
        // not be read may be good the next time, without having changed.
        if !matches!(fresh, Err(TlsError::Unreadable { .. })) {
            *self.changed.write().unwrap_or_else(PoisonError::into_inner) = stamp;
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh?);
        Ok(())
    }

    /// Reads the pair again if the files have changed. Returns whether they had.
    pub(crate) fn reload_if_changed(&self) -> Result<bool, TlsError> {
        if *self.changed.read().unwrap_or_else(PoisonError::into_inner) == stamp(&self.pair) {
            return Ok(false);
        }
        self.reload().map(|()| true)
    }

    /// What the TLS listener is set up with.
    pub(crate) fn server_config(self: &Arc<Self>) -> Result<ServerConfig, TlsError> {
        let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
        Ok(ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&versions)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::<Self>::clone(self)))
    }
}

fn stamp(pair: &Pair) -> Stamp {
    [&pair.certificate, &pair.key].map(|path| fs::metadata(path).and_then(|file| file.modified()).ok())
}

fn read(pair: &Pair) -> Result<CertifiedKey, TlsError> {
    let certificate = bytes(&pair.certificate)?;
    let key = bytes(&pair.key)?;
    if private_file::readable_by_others(&pair.key).unwrap_or(false) {
        tracing::warn!(file = %pair.key.display(), "other users of this machine can read the certificate's key: chmod 600");
    }
    let chain = chain(&pair.certificate, &certificate)?;
    let no_key = |_| TlsError::Empty { path: pair.key.clone(), wanted: "private key" };
    let key = PrivateKeyDer::from_pem_slice(&key).map_err(no_key)?;
    let certified = CertifiedKey::from_der(chain, key, &ring::default_provider())
        .map_err(|reason| TlsError::Pair { pair: pair.clone(), reason })?;
    if let Some(end) = certificate::not_after(&certificate)
        && end < chrono::Utc::now() + chrono::Duration::days(14)
    {
        tracing::warn!(certificate = %pair.certificate.display(), until = %end, "the certificate ends soon or has ended");
    }
    Ok(certified)
}

/// The certificates in a file, of which there is one at least.
pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    chain(path, &bytes(path)?)
}

fn chain(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok).collect();
    if chain.is_empty() { Err(TlsError::Empty { path: path.to_owned(), wanted: "certificate" }) } else { Ok(chain) }
}

fn bytes(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|source| TlsError::Unreadable { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn made(folder: &Path) -> Pair {
        fs::create_dir_all(folder).unwrap();
        let pair = Pair::own(folder);
        pair.renew(SystemTime::now()).unwrap();
        pair
    }

    #[test]
    fn a_wrong_pair_is_refused_with_both_names() {
        let scratch = Scratch::new();
        let one = made(&scratch.path().join("one"));
        let two = made(&scratch.path().join("two"));
        let mixed = Pair { certificate: one.certificate, key: two.key };
        let error = Reloading::new(mixed).unwrap_err().to_string();
        assert!(error.contains("one/tls.crt") && error.contains("two/tls.key"), "{error}");
    }

    #[test]
    fn files_that_hold_something_else_are_named() {
        let scratch = Scratch::new();
        let pair = made(scratch.path());
        fs::write(&pair.key, "no key").unwrap();
        let error = Reloading::new(pair.clone()).unwrap_err().to_string();
        assert!(error.ends_with("tls.key: there is no private key in PEM in this file"), "{error}");
        fs::remove_file(&pair.certificate).unwrap();
        assert!(matches!(Reloading::new(pair), Err(TlsError::Unreadable { .. })));
    }

    #[test]
    fn a_new_pair_is_taken_and_a_broken_one_leaves_the_old_in_use() {
        let scratch = Scratch::new();
        let reloading = Reloading::new(made(scratch.path())).unwrap();
        let in_use = |reloading: &Reloading| Arc::clone(&reloading.current.read().unwrap());
        let first = in_use(&reloading);
        assert!(!reloading.reload_if_changed().unwrap());

        let other = made(&scratch.path().join("other"));
        fs::copy(&other.certificate, &reloading.pair().certificate).unwrap();
        assert!(reloading.reload().is_err(), "the key does not fit yet");
        assert!(Arc::ptr_eq(&first, &in_use(&reloading)));

        // One that is away for a moment is looked for again, although nothing else changes.
        let away = scratch.path().join("away");
        fs::rename(&reloading.pair().key, &away).unwrap();
        assert!(reloading.reload_if_changed().is_err());
        assert!(reloading.reload_if_changed().is_err());
        fs::rename(&away, &reloading.pair().key).unwrap();

        fs::copy(&other.key, &reloading.pair().key).unwrap();
        assert!(reloading.reload_if_changed().unwrap());
        assert_ne!(first.cert, in_use(&reloading).cert);
    }
}
