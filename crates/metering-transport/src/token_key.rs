//! The keys that verify tokens, and the making of tokens with the server's own.
//!
//! The algorithm belongs to the key, never to the token. Every key is checked when it is loaded.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use biscuit::jwa::SignatureAlgorithm;
use biscuit::jws::{Header, RegisteredHeader, Secret};
use biscuit::{ClaimsSet, Empty, JWT, RegisteredClaims, SingleOrMultiple};
use data_encoding::BASE64;
use metering_model::{OrganisationId, Roles, TimeStamp};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use thiserror::Error;
use uuid::Uuid;

/// The id of the key that a server makes its own tokens with.
pub const OWN_KID: &str = "server";
/// Who issues the server's own tokens.
pub const OWN_ISSUER: &str = "metering-server";
/// Whom the server's own tokens are for.
pub const OWN_AUDIENCE: &str = "metering-server";

/// A key that verifies tokens: its algorithm, and the issuer and audience its tokens must name.
///
/// ```
/// use std::time::Duration;
/// use metering_transport::{Claims, OWN_AUDIENCE, OWN_ISSUER, OWN_KID, TokenKey};
///
/// let key = TokenKey::hs256(Some(OWN_KID), &[7; 32], OWN_ISSUER, OWN_AUDIENCE)?;
/// let claims = Claims {
///     subject: "console".into(),
///     organisation: "default".parse()?,
///     roles: "viewer".parse()?,
///     lifetime: Duration::from_secs(3600),
/// };
/// let token = key.mint(&claims, "2026-11-24T10:00:00Z".parse()?)?;
/// assert_eq!(token.split('.').count(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TokenKey {
    /// Tokens that name another key are not tried; absent = any token may be of this key.
    pub(crate) kid: Option<String>,
    pub(crate) algorithm: SignatureAlgorithm,
    pub(crate) secret: Secret,
    pub(crate) issuer: String,
    pub(crate) audience: String,
    pub(crate) claims: ClaimNames,
}

/// What the issuer calls the claims that no standard names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNames {
    /// The organisation of the bearer.
    pub organisation: String,
    /// A list of roles, or one text with spaces or commas between.
    pub roles: String,
    /// The meters that the bearer is limited to.
    pub meters: String,
    /// The usage points that the bearer is limited to.
    pub usage_points: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let [organisation, roles, meters, usage_points] =
            ["organisation", "roles", "meters", "usagePoints"].map(str::to_owned);
        Self { organisation, roles, meters, usage_points }
    }
}

/// What a token is to say.
#[derive(Debug, Clone)]
pub struct Claims {
    /// Who will use it.
    pub subject: String,
    /// The organisation everything they do belongs to.
    pub organisation: OrganisationId,
    /// What they are.
    pub roles: Roles,
    /// How long it is good for.
    pub lifetime: Duration,
}

/// Why something is no key for tokens, or made no token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TokenKeyError {
    /// A secret that could be guessed.
    #[error("a key for HS256 has at least 32 bytes; this one has {0}")]
    SecretTooShort(usize),
    /// A key that could be factored.
    #[error("a key for RS256 has at least 2048 bits; this one has {0}")]
    ModulusTooShort(usize),
    /// A private key where the public one belongs.
    #[error("this is a private key; give the public one (openssl rsa -in KEY -pubout)")]
    PrivateKey,
    /// No RSA public key.
    #[error("not an RSA public key; PEM (`BEGIN PUBLIC KEY` or `BEGIN RSA PUBLIC KEY`) or its DER is read")]
    NotAPublicKey,
    /// Tokens are made with the server's own secret only.
    #[error("only a key for HS256 makes tokens")]
    CannotSign,
    /// The token could not be signed.
    #[error("the token could not be made: {0}")]
    Signing(String),
}

/// The claims beside the registered ones, by name; of any type, for a wrong type is no reason to
/// guess. A name that comes twice makes the token unreadable: nobody can say which is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct PrivateClaims(pub(crate) BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for PrivateClaims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = PrivateClaims;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("claims by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PrivateClaims, A::Error> {
                let mut claims = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if claims.insert(name, value).is_some() {
                        return Err(A::Error::custom("a claim comes twice"));
                    }
                }
                Ok(PrivateClaims(claims))
            }
        }
        deserializer.deserialize_map(Named)
    }
}

/// A token of ours.
pub(crate) type Token = JWT<PrivateClaims, Empty>;

impl TokenKey {
    /// A key for HS256: a secret that issuer and server share.
    ///
    /// # Errors
    /// [`TokenKeyError::SecretTooShort`] below 32 bytes.
    pub fn hs256(kid: Option<&str>, secret: &[u8], issuer: &str, audience: &str) -> Result<Self, TokenKeyError> {
        if secret.len() < 32 {
            return Err(TokenKeyError::SecretTooShort(secret.len()));
        }
        Ok(Self::new(kid, SignatureAlgorithm::HS256, Secret::Bytes(secret.to_vec()), issuer, audience))
    }

    /// A key for RS256: the issuer's RSA public key in PEM or DER, as PKCS#1 or wrapped as
    /// SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// When it is no such key, or shorter than 2048 bits.
    pub fn rs256(kid: Option<&str>, public_key: &[u8], issuer: &str, audience: &str) -> Result<Self, TokenKeyError> {
        let der = match std::str::from_utf8(public_key) {
            Ok(text) if text.contains("-----BEGIN") => from_pem(text)?,
            _ => public_key.to_vec(),
        };
        let key = rsa_public_key(&der)?;
        Ok(Self::new(kid, SignatureAlgorithm::RS256, Secret::PublicKey(key.to_vec()), issuer, audience))
    }

    fn new(kid: Option<&str>, algorithm: SignatureAlgorithm, secret: Secret, issuer: &str, audience: &str) -> Self {
        let (issuer, audience, claims) = (issuer.into(), audience.into(), ClaimNames::default());
        Self { kid: kid.map(Into::into), algorithm, secret, issuer, audience, claims }
    }

    /// This key, for tokens of an issuer that has other names for the claims.
    #[must_use]
    pub fn with_claims(self, claims: ClaimNames) -> Self {
        Self { claims, ..self }
    }

    /// Makes a token that is good from `now` on.
    ///
    /// # Errors
    /// [`TokenKeyError::CannotSign`] for a public key.
    pub fn mint(&self, claims: &Claims, now: TimeStamp) -> Result<String, TokenKeyError> {
        if !matches!(self.secret, Secret::Bytes(_)) {
            return Err(TokenKeyError::CannotSign);
        }
        let issued = now.micros().div_euclid(1_000_000);
        let lifetime = i64::try_from(claims.lifetime.as_secs()).unwrap_or(i64::MAX);
        let expires = now.plus_seconds(lifetime).micros().div_euclid(1_000_000);
        let header = Header {
            registered: RegisteredHeader {
                algorithm: self.algorithm,
                media_type: Some("JWT".into()),
                key_id: self.kid.clone(),
                ..RegisteredHeader::default()
            },
            private: Empty {},
        };
        let roles = claims.roles.iter().map(|role| role.as_str().into()).collect();
        let payload = ClaimsSet {
            registered: RegisteredClaims {
                issuer: Some(self.issuer.clone()),
                subject: Some(claims.subject.clone()),
                audience: Some(SingleOrMultiple::Single(self.audience.clone())),
                expiry: Some(expires.into()),
                not_before: Some(issued.into()),
                issued_at: Some(issued.into()),
                id: Some(Uuid::now_v7().to_string()),
            },
            private: PrivateClaims(BTreeMap::from([
                (self.claims.organisation.clone(), claims.organisation.as_str().into()),
                (self.claims.roles.clone(), Value::Array(roles)),
            ])),
        };
        let failed = |error: biscuit::errors::Error| TokenKeyError::Signing(error.to_string());
        let token = Token::new_decoded(header, payload).encode(&self.secret).map_err(failed)?;
        Ok(token.encoded().map_err(failed)?.to_string())
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}

fn from_pem(text: &str) -> Result<Vec<u8>, TokenKeyError> {
    let (_, rest) = text.split_once("-----BEGIN ").ok_or(TokenKeyError::NotAPublicKey)?;
    let (label, rest) = rest.split_once("-----").ok_or(TokenKeyError::NotAPublicKey)?;
    if label.contains("PRIVATE KEY") {
        return Err(TokenKeyError::PrivateKey);
    }
    let (body, _) = rest.split_once("-----END").ok_or(TokenKeyError::NotAPublicKey)?;
    let digits: String = body.chars().filter(|it| !it.is_ascii_whitespace()).collect();
    BASE64.decode(digits.as_bytes()).map_err(|_| TokenKeyError::NotAPublicKey)
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// 1.2.840.113549.1.1.1, RSA.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The PKCS#1 form of the key: the one that signatures are verified with. A key in another form
/// would load and then refuse every signature.
fn rsa_public_key(der: &[u8]) -> Result<&[u8], TokenKeyError> {
    let no_key = TokenKeyError::NotAPublicKey;
    let (SEQUENCE, content, []) = element(der).ok_or(no_key.clone())? else {
        return Err(no_key);
    };
    match element(content).ok_or(no_key.clone())? {
        // SubjectPublicKeyInfo: the algorithm, and the key in a bit string.
        (SEQUENCE, algorithm, rest) => match (element(algorithm), element(rest)) {
            (Some((OBJECT_IDENTIFIER, RSA, _)), Some((BIT_STRING, [0, key @ ..], []))) => rsa_public_key(key),
            _ => Err(no_key),
        },
        // PKCS#1: modulus and exponent; a private key has a version before them and more behind.
        (INTEGER, modulus, rest) => match element(rest) {
            Some((INTEGER, _, [])) => {
                let digits = modulus.iter().skip_while(|byte| **byte == 0);
                let bits = digits.clone().next().map_or(0, |first| 8 - first.leading_zeros() as usize)
                    + digits.count().saturating_sub(1) * 8;
                if bits < 2048 { Err(TokenKeyError::ModulusTooShort(bits)) } else { Ok(der) }
            }
            Some((INTEGER, ..)) => Err(TokenKeyError::PrivateKey),
            _ => Err(no_key),
        },
        _ => Err(no_key),
    }
}

/// The first DER element: its tag, its content, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (length, rest) = match rest.split_first()? {
        (short @ 0..=0x7f, rest) => (usize::from(*short), rest),
        (0x81, rest) => rest.split_first().map(|(length, rest)| (usize::from(*length), rest))?,
        (0x82, [high, low, rest @ ..]) => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut out = vec![tag, 0x82];
        out.extend(u16::try_from(content.len()).unwrap().to_be_bytes());
        out.extend(content);
        out
    }

    fn pkcs1(bytes: usize) -> Vec<u8> {
        let mut modulus = vec![0, 0x80];
        modulus.resize(bytes + 1, 1);
        der(SEQUENCE, &[der(INTEGER, &modulus), der(INTEGER, &[1, 0, 1])].concat())
    }

    #[test]
    fn a_public_key_is_read_wrapped_or_bare_in_pem_or_der() {
        let bare = pkcs1(256);
        let algorithm = der(SEQUENCE, &[der(OBJECT_IDENTIFIER, RSA), vec![5, 0]].concat());
        let wrapped = der(SEQUENCE, &[algorithm, der(BIT_STRING, &[vec![0], bare.clone()].concat())].concat());
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64.encode(&wrapped));
        for form in [&bare, &wrapped, pem.as_bytes()] {
            let key = TokenKey::rs256(None, form, "i", "a").unwrap();
            assert!(matches!(&key.secret, Secret::PublicKey(kept) if *kept == bare));
        }
    }

    #[test]
    fn weak_and_wrong_keys_are_refused_at_load() {
        let rs256 = |der: &[u8]| TokenKey::rs256(None, der, "i", "a").map(|_| ());
        assert_eq!(rs256(&pkcs1(128)), Err(TokenKeyError::ModulusTooShort(1024)));
        assert_eq!(
            rs256(b"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"),
            Err(TokenKeyError::PrivateKey)
        );
        for text in [&b""[..], b"x", b"\x30\x82\xff", b"-----BEGIN PUBLIC KEY-----"] {
            assert_eq!(rs256(text), Err(TokenKeyError::NotAPublicKey));
        }
        assert_eq!(TokenKey::hs256(None, &[1; 31], "i", "a").map(|_| ()), Err(TokenKeyError::SecretTooShort(31)));
    }

    #[test]
    fn the_secret_is_not_shown() {
        let key = TokenKey::hs256(None, &[77; 32], "i", "a").unwrap();
        assert!(!format!("{key:?}").contains("77"));
    }
}
