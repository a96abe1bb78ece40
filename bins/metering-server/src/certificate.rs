//! The certificate that is made for this machine when none is configured.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDateTime, Utc};
use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use thiserror::Error;

use crate::private_file;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// What clients accept at most for a certificate.
const LIFETIME_DAYS: u32 = 397;
/// With less than this left it is made anew.
const RENEW_DAYS: i64 = 30;

/// The two files of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The chain in PEM.
    pub(crate) certificate: PathBuf,
    /// The private key in PEM.
    pub(crate) key: PathBuf,
}

/// Why no certificate could be made.
#[derive(Debug, Error)]
pub(crate) enum CertificateError {
    /// The files.
    #[error("the certificate cannot be written to {}: {source}", .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The certificate itself.
    #[error("no certificate can be made for this machine: {0}")]
    Made(#[from] rcgen::Error),
}

impl Pair {
    /// The pair the server makes for itself in its data folder.
    pub(crate) fn own(data_dir: &Path) -> Self {
        Self { certificate: data_dir.join("tls.crt"), key: data_dir.join("tls.key") }
    }

    /// Makes the pair if there is none, or none that fits together, or if it has less than 30 days left
    /// at `now`. Returns whether it did.
    pub(crate) fn renew(&self, now: SystemTime) -> Result<bool, CertificateError> {
        let enough = DateTime::<Utc>::from(now) + chrono::Duration::days(RENEW_DAYS);
        if self.holds_until() > Some(enough) {
            return Ok(false);
        }
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let mut wanted = CertificateParams::new(names)?;
        wanted.distinguished_name.push(DnType::CommonName, "metering-server");
        // An hour back, for clients whose clock is slow.
        wanted.not_before = (now - HOUR).into();
        wanted.not_after = (now + LIFETIME_DAYS * DAY).into();
        let key = KeyPair::generate()?;
        let certificate = wanted.self_signed(&key)?;
        for (path, content) in [(&self.key, key.serialize_pem()), (&self.certificate, certificate.pem())] {
            private_file::replace(path, &content)
                .map_err(|source| CertificateError::File { path: path.clone(), source })?;
        }
        Ok(true)
    }

    /// Until when the pair can be used; `None` where it cannot. A start that was killed while it wrote
    /// the two files may have left a key and a certificate that do not fit.
    fn holds_until(&self) -> Option<DateTime<Utc>> {
        let certificate = fs::read(&self.certificate).ok()?;
        let key = PrivateKeyDer::from_pem_slice(&fs::read(&self.key).ok()?).ok()?;
        let chain = vec![CertificateDer::from_pem_slice(&certificate).ok()?];
        CertifiedKey::from_der(chain, key, &ring::default_provider()).ok()?;
        not_after(&certificate)
    }
}

/// Until when the first certificate of a PEM text holds, if that can be read.
pub(crate) fn not_after(pem: &[u8]) -> Option<DateTime<Utc>> {
    let certificate = CertificateDer::from_pem_slice(pem).ok()?;
    // Certificate { tbsCertificate { [0] version, serial, algorithm, issuer, validity { from, to }, .. } .. }
    let (_, certificate, _) = element(&certificate)?;
    let (_, body, _) = element(certificate)?;
    let mut rest = body;
    loop {
        let (tag, content, after) = element(rest)?;
        rest = after;
        // The validity is the one sequence that begins with a time.
        if tag == SEQUENCE
            && let Some((UTC_TIME | GENERALIZED_TIME, _, second)) = element(content)
        {
            let (tag, text, _) = element(second)?;
            return time(tag, std::str::from_utf8(text).ok()?);
        }
    }
}

const SEQUENCE: u8 = 0x30;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The tag and content of the first DER element, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let octets = usize::from(first & 0x7f);
        let (length, rest) = rest.split_at_checked(octets)?;
        if octets > 4 {
            return None;
        }
        (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

fn time(tag: u8, text: &str) -> Option<DateTime<Utc>> {
    let text = text.strip_suffix('Z')?;
    // Two-digit years below 50 are 20xx (RFC 5280, 4.1.2.5.1).
    let text = match (tag, text.get(..2)?.parse::<u8>().ok()?) {
        (UTC_TIME, year) if year < 50 => format!("20{text}"),
        (UTC_TIME, _) => format!("19{text}"),
        _ => text.to_owned(),
    };
    NaiveDateTime::parse_from_str(&text, "%Y%m%d%H%M%S").ok().map(|time| time.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_certificate_is_made_once_and_renewed_in_its_last_thirty_days() {
        let scratch = Scratch::new();
        let pair = Pair::own(scratch.path());
        let now = SystemTime::now();
        assert!(pair.renew(now).unwrap());
        let first = fs::read(&pair.certificate).unwrap();
        let days = (not_after(&first).unwrap() - DateTime::<Utc>::from(now)).num_days();
        assert!((396..=397).contains(&days), "{days}");

        assert!(!pair.renew(now + 300 * DAY).unwrap(), "97 days are enough");
        assert!(pair.renew(now + 368 * DAY).unwrap(), "29 days are not");
        assert_ne!(fs::read(&pair.certificate).unwrap(), first);

        fs::remove_file(&pair.key).unwrap();
        assert!(pair.renew(now).unwrap(), "a certificate without its key is none");

        let other = Pair::own(&scratch.path().join("other"));
        fs::create_dir_all(other.key.parent().unwrap()).unwrap();
        other.renew(now).unwrap();
        fs::copy(&other.key, &pair.key).unwrap();
        assert!(pair.renew(now).unwrap(), "one with another's key is none");
        assert!(!pair.renew(now).unwrap());
    }

    #[test]
    fn what_is_no_certificate_has_no_end() {
        assert_eq!(not_after(b""), None);
        assert_eq!(not_after(b"-----BEGIN CERTIFICATE-----\nMAUwAwIBAQ==\n-----END CERTIFICATE-----\n"), None);
    }

    #[test]
    fn two_digit_years_are_of_this_century_until_2049() {
        assert_eq!(time(UTC_TIME, "490101000000Z").unwrap().to_rfc3339(), "2049-01-01T00:00:00+00:00");
        assert_eq!(time(UTC_TIME, "500101000000Z").unwrap().to_rfc3339(), "1950-01-01T00:00:00+00:00");
        assert_eq!(time(GENERALIZED_TIME, "20500101000000Z").unwrap().to_rfc3339(), "2050-01-01T00:00:00+00:00");
    }
}
