//! `token`: a bearer token signed with the server's own key.

use std::time::Duration;

use clap::Args;
use metering_model::{MeterId, OrganisationId, Roles, TimeStamp};
use metering_persistence::Clock;
use metering_persistence::ServerKey;
use metering_transport::{Claims, OWN_AUDIENCE, OWN_ISSUER, OWN_KID, TokenKey};
use serde_json::json;

use super::{Failure, Output};
use crate::config::Settings;
use crate::store;

/// What the token says.
#[derive(Debug, Args)]
pub(super) struct Token {
    /// The roles, separated by commas.
    #[arg(long)]
    roles: Roles,
    /// For how many hours it holds.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=24 * 365))]
    hours: u32,
    /// The organisation.
    #[arg(long, default_value = "default")]
    organisation: OrganisationId,
    /// Whom the audit log names, and whose quota it is.
    #[arg(long, default_value = "operator")]
    subject: String,
}

pub(super) fn run(token: &Token, settings: &Settings, output: Output) -> Result<(), Failure> {
    let hours = Duration::from_secs(u64::from(token.hours) * 3600);
    if hours > Duration::from_secs(settings.longest_token_days * 24 * 3600) {
        return Err(Failure::usage(format!(
            "the server refuses tokens that live longer than {} days (longest_token_days)",
            settings.longest_token_days
        )));
    }
    // The server refuses other subjects.
    MeterId::check(&token.subject).map_err(|error| Failure::usage(format!("--subject: {error}")))?;
    let claims = Claims {
        subject: token.subject.clone(),
        organisation: token.organisation.clone(),
        roles: token.roles,
        lifetime: hours,
    };
    let (text, until) = mint(&store::key(settings)?, &claims)?;
    output.say(&text, &json!({"token": text, "expiresAt": until.to_string()}));
    Ok(())
}

/// The server's own key for tokens.
pub(crate) fn own_key(key: &ServerKey) -> Result<TokenKey, Failure> {
    Ok(TokenKey::hs256(Some(OWN_KID), &key.derive("tokens"), OWN_ISSUER, OWN_AUDIENCE)?)
}

/// A token with these claims, and until when it holds.
pub(crate) fn mint(key: &ServerKey, claims: &Claims) -> Result<(String, TimeStamp), Failure> {
    let now = Clock::system().now();
    let seconds = i64::try_from(claims.lifetime.as_secs()).unwrap_or(i64::MAX);
    // A token tells times in whole seconds.
    let until = now.plus_seconds(seconds).micros().div_euclid(1_000_000) * 1_000_000;
    Ok((own_key(key)?.mint(claims, now)?, TimeStamp::from_micros(until)?))
}
