//! Bearer tokens: JWT, verified and checked by biscuit within our own bounds.
//!
//! The algorithm belongs to the configured key; what the token's head says of it only has to
//! agree. Nothing a token brings along (`jku`, `jwk`, `x5u`) is used.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use biscuit::{ClaimPresenceOptions, ClaimsSet, Presence, Validation, ValidationOptions};
use metering_model::{Limits, Mrid, Principal, Role, TimeStamp};
use serde_json::Value;

use super::Unknown;
use crate::state::State;
use crate::token_key::{PrivateClaims, Token, TokenKey};

/// How far the clocks of issuer and server may be apart, in seconds.
const LEEWAY: i64 = 30;

/// What the checks need beside the token.
struct Facts<'a> {
    keys: &'a [TokenKey],
    now: TimeStamp,
    longest: Duration,
    quota: u32,
}

/// Who calls with the token `text`.
pub(super) async fn principal(text: &str, state: &State) -> Result<Principal, Unknown> {
    let config = state.config();
    let facts = Facts { keys: state.tokens(), now: state.now(), longest: config.longest_token, quota: config.quota };
    let principal = verify(text, &facts).map_err(Unknown::Bad)?;
    match state.has_organisation(&principal.organisation).await {
        Ok(true) => Ok(principal),
        Ok(false) => Err(Unknown::Bad("of an organisation that is not there")),
        Err(problem) => Err(Unknown::Failed(problem)),
    }
}

fn verify(text: &str, facts: &Facts<'_>) -> Result<Principal, &'static str> {
    // Times near the end of 64 bits make the library panic, behind a good signature only.
    catch_unwind(AssertUnwindSafe(|| read(text, facts))).unwrap_or(Err("the library panicked"))
}

fn read(text: &str, facts: &Facts<'_>) -> Result<Principal, &'static str> {
    let token = Token::new_encoded(text);
    let header = token.unverified_header().map_err(|_| "no head of a token")?;
    if header.registered.critical.is_some() {
        return Err("it demands an extension");
    }
    if let Some(purpose) = &header.registered.media_type
        && !["jwt", "at+jwt", "application/at+jwt"].contains(&purpose.to_ascii_lowercase().as_str())
    {
        return Err("made for another purpose");
    }
    let kid = header.registered.key_id.as_deref();
    let mut reason = "no key has this kid";
    for key in facts.keys.iter().filter(|key| key.kid.is_none() || key.kid.as_deref() == kid) {
        match token.decode(&key.secret, key.algorithm) {
            Ok(Token::Decoded { payload, .. }) => return check(&payload, key, facts),
            _ => reason = "not signed by this key, or not by its algorithm",
        }
    }
    Err(reason)
}

fn check(claims: &ClaimsSet<PrivateClaims>, key: &TokenKey, facts: &Facts<'_>) -> Result<Principal, &'static str> {
    let ClaimsSet { registered, private } = claims;
    let options = ValidationOptions {
        claim_presence_options: ClaimPresenceOptions {
            expiry: Presence::Required,
            issuer: Presence::Required,
            audience: Presence::Required,
            subject: Presence::Required,
            ..ClaimPresenceOptions::default()
        },
        issuer: Validation::Validate(key.issuer.clone()),
        audience: Validation::Validate(key.audience.clone()),
        // The times are checked below, with the clock of the server.
        expiry: Validation::Ignored,
        not_before: Validation::Ignored,
        issued_at: Validation::Ignored,
        ..ValidationOptions::default()
    };
    registered.validate(options).map_err(|_| "issuer, audience, subject or expiry is absent or another")?;
    let now = facts.now.micros().div_euclid(1_000_000);
    let expiry = registered.expiry.map_or(i64::MIN, |it| it.timestamp());
    if expiry <= now.saturating_sub(LEEWAY) {
        return Err("expired");
    }
    let longest = i64::try_from(facts.longest.as_secs()).unwrap_or(i64::MAX);
    if expiry > now.saturating_add(longest).saturating_add(LEEWAY) {
        return Err("good for longer than tokens may be");
    }
    for start in [registered.not_before, registered.issued_at].into_iter().flatten() {
        if start.timestamp() > now.saturating_add(LEEWAY) {
            return Err("not yet good");
        }
    }
    let subject = registered.subject.as_deref().unwrap_or_default();
    Mrid::<()>::check(subject).map_err(|_| "the subject is empty, too long or has control characters")?;
    let claim = |name: &String| private.0.get(name);
    let organisation = claim(&key.claims.organisation).and_then(Value::as_str);
    Ok(Principal {
        id: subject.to_owned(),
        organisation: organisation.and_then(|it| it.parse().ok()).ok_or("no organisation")?,
        // A role that is not known gives nothing; there is no role by default.
        roles: strings(claim(&key.claims.roles)).iter().filter_map(|word| word.parse::<Role>().ok()).collect(),
        quota: facts.quota,
        limits: limits(claim(&key.claims.meters), claim(&key.claims.usage_points))?,
    })
}

/// The texts of a list, or of one text alone with spaces or commas between.
fn strings(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => text.split([' ', ',']).filter(|word| !word.is_empty()).collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The meters and usage points the token is for. A claim that cannot be read is no leave to see
/// all of them.
fn limits(meters: Option<&Value>, usage_points: Option<&Value>) -> Result<Option<Limits>, &'static str> {
    fn ids<K>(value: Option<&Value>) -> Result<Vec<Mrid<K>>, &'static str> {
        let wrong = "meters or usagePoints is no list of ids";
        let Some(value) = value else { return Ok(Vec::new()) };
        let list = value.as_array().ok_or(wrong)?;
        list.iter().map(|id| id.as_str().and_then(|it| it.parse().ok()).ok_or(wrong)).collect()
    }
    if meters.is_none() && usage_points.is_none() {
        return Ok(None);
    }
    let limits = Limits { meters: ids(meters)?, usage_points: ids(usage_points)? };
    // They narrow each other, so one that is there and empty leaves nothing of the other.
    let nothing =
        meters.is_some() && limits.meters.is_empty() || usage_points.is_some() && limits.usage_points.is_empty();
    Ok(Some(if nothing { Limits::default() } else { limits }))
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use metering_model::{Permission, Roles};
    use serde_json::json;

    use super::*;
    use crate::token_key::{ClaimNames, Claims};

    const NOW: &str = "2026-11-24T10:00:00Z";

    fn now() -> i64 {
        NOW.parse::<TimeStamp>().unwrap().micros() / 1_000_000
    }

    fn key() -> TokenKey {
        TokenKey::hs256(Some("k1"), &[7; 32], "issuer", "audience").unwrap()
    }

    fn tried(text: &str) -> Result<Principal, &'static str> {
        let keys = [TokenKey::hs256(Some("k0"), &[1; 32], "issuer", "audience").unwrap(), key()];
        let longest = Duration::from_secs(7 * 24 * 3600);
        verify(text, &Facts { keys: &keys, now: NOW.parse().unwrap(), longest, quota: 100 })
    }

    /// Signs any head and claims with the good key.
    fn signed(head: &Value, claims: &Value) -> String {
        let text = format!(
            "{}.{}",
            BASE64URL_NOPAD.encode(head.to_string().as_bytes()),
            BASE64URL_NOPAD.encode(claims.to_string().as_bytes())
        );
        let signature = key().algorithm.sign(text.as_bytes(), &key().secret).unwrap();
        format!("{text}.{}", BASE64URL_NOPAD.encode(&signature))
    }

    fn head() -> Value {
        json!({"alg": "HS256", "kid": "k1", "typ": "JWT"})
    }

    fn claims() -> Value {
        json!({"iss": "issuer", "aud": "audience", "sub": "console", "exp": now() + 3600, "iat": now(),
               "organisation": "north", "roles": ["viewer", "head-end"]})
    }

    fn with(mut value: Value, name: &str, to: Value) -> Value {
        match to {
            Value::Null => value.as_object_mut().unwrap().remove(name),
            to => value.as_object_mut().unwrap().insert(name.to_owned(), to),
        };
        value
    }

    #[test]
    fn a_minted_token_says_who_calls() {
        let claims = Claims {
            subject: "console".into(),
            organisation: "north".parse().unwrap(),
            roles: "viewer,switching".parse().unwrap(),
            lifetime: Duration::from_secs(3600),
        };
        let principal = tried(&key().mint(&claims, NOW.parse().unwrap()).unwrap()).unwrap();
        assert_eq!((principal.id.as_str(), principal.organisation.as_str()), ("console", "north"));
        assert_eq!(principal.roles, "viewer,switching".parse().unwrap());
        assert_eq!((principal.quota, principal.limits), (100, None));
    }

    #[test]
    fn an_issuer_may_have_other_names_for_the_claims() {
        let names = ClaimNames { organisation: "tenant".into(), roles: "groups".into(), ..ClaimNames::default() };
        let keys = [key().with_claims(names)];
        let facts =
            Facts { keys: &keys, now: NOW.parse().unwrap(), longest: Duration::from_secs(7 * 24 * 3600), quota: 1 };
        let claims = with(with(claims(), "tenant", json!("south")), "groups", json!("billing"));
        let principal = verify(&signed(&head(), &claims), &facts).unwrap();
        // What they are called by default says nothing here.
        assert_eq!((principal.organisation.as_str(), principal.roles), ("south", "billing".parse().unwrap()));
        assert!(verify(&signed(&head(), &with(claims, "tenant", Value::Null)), &facts).is_err());
    }

    #[test]
    fn times_are_checked_with_a_leeway_of_thirty_seconds() {
        let at = |name: &str, value: Value| tried(&signed(&head(), &with(claims(), name, value))).is_ok();
        assert!(at("exp", json!(now() - 29)));
        assert!(!at("exp", json!(now() - 30)));
        assert!(!at("exp", Value::Null));
        assert!(!at("exp", json!("tomorrow")));
        assert!(!at("exp", json!(now() + 8 * 24 * 3600)), "good for too long");
        assert!(!at("exp", json!(9_000_000_000_000_000_000_i64)), "past the end of time");
        for name in ["nbf", "iat"] {
            assert!(at(name, json!(now() + 30)), "{name}");
            assert!(!at(name, json!(now() + 31)), "{name}");
        }
    }

    #[test]
    fn issuer_audience_subject_and_organisation_must_be_there_and_right() {
        for (name, wrong) in [("iss", "other"), ("aud", "other"), ("sub", ""), ("organisation", "a/b")] {
            assert!(tried(&signed(&head(), &with(claims(), name, Value::Null))).is_err(), "{name} absent");
            assert!(tried(&signed(&head(), &with(claims(), name, json!(wrong)))).is_err(), "{name} wrong");
        }
        assert!(tried(&signed(&head(), &with(claims(), "aud", json!(["x", "audience"])))).is_ok());
    }

    #[test]
    fn the_head_decides_nothing() {
        let good = signed(&head(), &claims());
        assert!(tried(&good).is_ok());
        let parts: Vec<&str> = good.split('.').collect();
        for alg in ["none", "None", "HS512", "RS256", "ES256", "XX"] {
            let head = with(head(), "alg", json!(alg));
            assert!(tried(&signed(&head, &claims())).is_err(), "{alg}, signed all the same");
            let head = BASE64URL_NOPAD.encode(head.to_string().as_bytes());
            assert!(tried(&format!("{head}.{}.", parts[1])).is_err(), "{alg}, not signed");
        }
        assert!(tried(&signed(&with(head(), "alg", Value::Null), &claims())).is_err());
        for crit in [json!(["exp"]), json!([]), json!("exp")] {
            assert!(tried(&signed(&with(head(), "crit", crit), &claims())).is_err());
        }
        assert!(tried(&signed(&with(head(), "typ", json!("logout+jwt")), &claims())).is_err());
        for kid in [json!("k0"), json!("../k1"), Value::Null] {
            assert!(tried(&signed(&with(head(), "kid", kid), &claims())).is_err());
        }
        for text in ["", ".", "..", "a.b.c", &format!("{}.{}", parts[0], parts[1]), &format!("{good}.x")] {
            assert!(tried(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_public_key_is_no_secret() {
        let public = [3; 64];
        let confused = TokenKey::hs256(None, &public, "issuer", "audience").unwrap();
        let text = format!(
            "{}.{}",
            BASE64URL_NOPAD.encode(json!({"alg": "HS256"}).to_string().as_bytes()),
            BASE64URL_NOPAD.encode(claims().to_string().as_bytes())
        );
        let signature = confused.algorithm.sign(text.as_bytes(), &confused.secret).unwrap();
        let text = format!("{text}.{}", BASE64URL_NOPAD.encode(&signature));
        let rs256 = TokenKey {
            kid: None,
            algorithm: biscuit::jwa::SignatureAlgorithm::RS256,
            secret: biscuit::jws::Secret::PublicKey(public.to_vec()),
            ..key()
        };
        let keys = [rs256];
        let facts = Facts { keys: &keys, now: NOW.parse().unwrap(), longest: Duration::from_secs(86_400), quota: 1 };
        assert!(verify(&text, &facts).is_err());
    }

    #[test]
    fn unknown_roles_give_nothing_and_limits_are_never_widened() {
        let roles = |value: Value| tried(&signed(&head(), &with(claims(), "roles", value))).unwrap().roles;
        assert_eq!(roles(json!(["root", 7, "viewer"])), "viewer".parse().unwrap());
        assert_eq!(roles(json!("viewer billing")), "viewer,billing".parse().unwrap());
        for nothing in [Value::Null, json!(7), json!({"viewer": true}), json!(["*"])] {
            assert_eq!(roles(nothing), Roles::default());
        }
        let limited = |value: Value| tried(&signed(&head(), &with(claims(), "meters", value)));
        let principal = limited(json!(["m1"])).unwrap();
        assert!(principal.may(Permission::ReadReadings) && !principal.may(Permission::SubmitReadings));
        assert!(limited(json!([])).unwrap().limits.is_some());
        for wrong in [json!("m1"), json!([1]), json!([""]), json!({})] {
            assert!(limited(wrong).is_err());
        }
    }

    /// A key pair made for this test; the private half is gone.
    const PUBLIC_KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyaL+vENr9BHrWcgVYWI3\n\
1szziswp5hXah202GyznM41hM0KrV0nfH21Y7Emr1qZUfw9E9WOkvET8kFF58YOJ\n\
XelEhDheJKUqzm8I8kTI4tSBT29y2K0QDyPylE2le3RCRq1vgIytZMZJVraiMkG/\n\
QB5ufclO1A+QvqLt0Af/TQlW6OiG/XQkuMZ0vF0sn7ImTUYx4JjejavtbRSrXD34\n\
lOMNUM2Z4nlfr82C4MO9Ov4oGRYBm9ojbVNRroSTRNv7w13rlFt/sx+1L98MIeo+\n\
XXHxd+BkBJZo1xPWd+ZHWnbN6A8yjVx2sPmWgQysCgR7H6aIFj+eEjSK6TVBv1bc\n\
twIDAQAB\n\
-----END PUBLIC KEY-----";
    /// `{"alg":"RS256","kid":"r1"}` and claims like those above, good until ten minutes after [`NOW`].
    const RS256: &str = concat!(
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InIxIn0.eyJpc3MiOiJpc3N1ZXIiLCJhdWQiOiJhdWRpZW5jZSIsInN1YiI6InMiLCJleHAi",
        "OjE3OTU1MTUwMDAsIm9yZ2FuaXNhdGlvbiI6Im5vcnRoIiwicm9sZXMiOlsidmlld2VyIl19.VxHx3vpPoVy02ePTGIT0OdKebfl",
        "r7q5iIC7GhX9KNB7zpNG4vSTnz6FQ9o3tzyN2se5YUAIgwkJJ3C0mHypDaK3mbt-wwnqPZdIY5y_P63tzxtKQ0g0QuaDqM-iVsr6",
        "dWp-c-OfpNxvvEi-wfH6Ph12uguynGM0EVv7yXtC9rYkbgH-3z_qM4sISjEVYS9kiJ6083396QrGt8hchvyU0Hw7v9f7wyW2vZIx",
        "fi6FoLzAc_ZQbuHLiHZ6t0EvkaS7Fwke_lLpWLDOODtWh4noEcitcWbhh9c22DzyHlV9plLm8e8hFtoJC_m9JQucwZ4sVbp1Yn8G",
        "NNIPNvZkcz6Uj7Q",
    );

    #[test]
    fn a_token_of_another_issuer_is_verified_by_its_public_key() {
        let longest = Duration::from_secs(86_400);
        let tried = |text: &str, kid: Option<&str>| {
            let keys = [key(), TokenKey::rs256(kid, PUBLIC_KEY.as_bytes(), "issuer", "audience").unwrap()];
            verify(text, &Facts { keys: &keys, now: NOW.parse().unwrap(), longest, quota: 1 })
        };
        assert_eq!(tried(RS256, Some("r1")).unwrap().organisation.as_str(), "north");
        assert!(tried(RS256, None).is_ok(), "a key without an id is tried for any token");
        assert!(tried(RS256, Some("r2")).is_err());
        assert!(tried(&RS256.replace(".VxHx", ".VxHy"), Some("r1")).is_err());
    }
}
