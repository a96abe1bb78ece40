//! Who is calling: tokens and API keys, and what a handler may know of the caller.

use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName};
use data_encoding::BASE64;
use metering_model::Principal;

use crate::problem::{Kind, Problem};
use crate::state::State;

mod allowed;
mod api_key;
mod bearer;

pub(crate) use allowed::{Allowed, AllowedSome, needs};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Longest text that is looked at as a credential, in bytes.
const LONGEST: usize = 8 << 10;

/// Why nobody is known to be calling.
#[derive(Debug)]
pub(crate) enum Unknown {
    /// No credential came.
    Nothing,
    /// More than one came; none of them is looked at.
    Several,
    /// It is not good. Why is for the log alone.
    Bad(&'static str),
    /// Whether it is good could not be found out.
    Failed(Problem),
}

impl Unknown {
    /// What the caller is told: one cause or another, one answer.
    pub(crate) fn into_problem(self) -> Problem {
        match self {
            Self::Nothing => Problem::unauthenticated(false),
            Self::Several => Problem::new(Kind::Malformed, "send one credential, not several"),
            Self::Bad(_) => Problem::unauthenticated(true),
            Self::Failed(problem) => problem,
        }
    }
}

/// A credential as it was sent.
enum Credential<'h> {
    Token(&'h str),
    Key(&'h str),
    /// Key id and key, for consoles that cannot set headers.
    Basic(&'h str),
}

/// Finds out who calls.
pub(crate) async fn principal(state: &State, headers: &HeaderMap) -> Result<Principal, Unknown> {
    match credential(headers)? {
        Credential::Token(text) => bearer::principal(text, state).await,
        Credential::Key(key) => api_key::principal(key, state).await,
        Credential::Basic(digits) => {
            let pair = BASE64.decode(digits.as_bytes()).ok().and_then(|it| String::from_utf8(it).ok());
            let pair = pair.ok_or(Unknown::Bad("Basic that is not base64 of UTF-8"))?;
            let (id, key) = pair.split_once(':').ok_or(Unknown::Bad("Basic without a colon"))?;
            let principal = api_key::principal(key, state).await?;
            if principal.id == id { Ok(principal) } else { Err(Unknown::Bad("Basic with the id of another key")) }
        }
    }
}

fn credential(headers: &HeaderMap) -> Result<Credential<'_>, Unknown> {
    let authorization = headers.get_all(AUTHORIZATION).map(|value| (true, value));
    let keys = headers.get_all(API_KEY).map(|value| (false, value));
    let mut all = authorization.chain(keys);
    let (scheme_first, value) = all.next().ok_or(Unknown::Nothing)?;
    if all.next().is_some() {
        return Err(Unknown::Several);
    }
    let text = value.to_str().map_err(|_| Unknown::Bad("not visible ASCII"))?;
    if text.len() > LONGEST {
        return Err(Unknown::Bad("longer than any credential"));
    }
    if !scheme_first {
        return Ok(Credential::Key(text));
    }
    let (scheme, rest) = text.split_once(' ').ok_or(Unknown::Bad("a scheme and nothing behind it"))?;
    let rest = rest.trim_start_matches(' ');
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Ok(Credential::Token(rest)),
        "basic" => Ok(Credential::Basic(rest)),
        _ => Err(Unknown::Bad("another scheme")),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn found(pairs: &[(HeaderName, &'static str)]) -> &'static str {
        let mut headers = HeaderMap::new();
        pairs.iter().for_each(|(name, value)| headers.append(name.clone(), HeaderValue::from_static(value)));
        match credential(&headers) {
            Ok(Credential::Token("t")) => "token",
            Ok(Credential::Key("k")) => "key",
            Ok(Credential::Basic("b")) => "basic",
            Ok(_) => "another",
            Err(Unknown::Nothing) => "nothing",
            Err(Unknown::Several) => "several",
            Err(_) => "bad",
        }
    }

    #[test]
    fn one_credential_in_one_place_is_looked_at() {
        assert_eq!(found(&[(AUTHORIZATION, "Bearer t")]), "token");
        assert_eq!(found(&[(AUTHORIZATION, "bEARER  t")]), "token");
        assert_eq!(found(&[(AUTHORIZATION, "Basic b")]), "basic");
        assert_eq!(found(&[(API_KEY, "k")]), "key");
        assert_eq!(found(&[]), "nothing");
        assert_eq!(found(&[(AUTHORIZATION, "Digest x")]), "bad");
        assert_eq!(found(&[(AUTHORIZATION, "Bearer")]), "bad");
    }

    #[test]
    fn two_credentials_are_never_a_choice() {
        assert_eq!(found(&[(AUTHORIZATION, "Bearer t"), (API_KEY, "k")]), "several");
        assert_eq!(found(&[(AUTHORIZATION, "Bearer t"), (AUTHORIZATION, "Bearer t")]), "several");
        assert_eq!(found(&[(API_KEY, "k"), (API_KEY, "k")]), "several");
        assert_eq!(Unknown::Several.into_problem().kind(), Kind::Malformed);
    }
}
