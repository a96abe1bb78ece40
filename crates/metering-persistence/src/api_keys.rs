//! API keys: made, looked up by their prefix, rotated and revoked.
//!
//! A key is the text `mk_PREFIX_SECRET`. The prefix is its visible id; of the whole only a hash
//! is kept, under a key that is not in the database. The secret has 256 random bits, so a fast
//! hash is enough: there is nothing to guess.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use diesel::prelude::*;
use metering_model::{OrganisationId, Principal, Roles, TimeStamp};
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::error::{Error, Result};
use crate::key::{Keys, authenticate, hex};
use crate::schema::api_keys;
use crate::snapshot::Snapshot;

const START: &str = "mk_";
/// Hexadecimal digits of a prefix.
const PREFIX: usize = 12;

/// The random bytes of one key, from a good source: 6 for the prefix, 32 for the secret.
pub type KeyBytes = [u8; 38];

/// What a new key is to be.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// For people.
    pub name: String,
    /// What it may do.
    pub roles: Roles,
    /// How many requests in any 60 seconds.
    pub quota: u32,
    /// Until when it is good; `None` is until it is revoked.
    pub expires_at: Option<TimeStamp>,
}

/// A key as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The visible part of the key, its id.
    pub prefix: String,
    /// Whose data it opens.
    pub organisation: OrganisationId,
    /// For people.
    pub name: String,
    /// What it may do.
    pub roles: Roles,
    /// How many requests in any 60 seconds.
    pub quota: u32,
    /// When it was made.
    pub created_at: TimeStamp,
    /// Until when it is good.
    pub expires_at: Option<TimeStamp>,
    /// When it was revoked.
    pub revoked_at: Option<TimeStamp>,
}

impl ApiKey {
    /// Whether it is good at `now`: neither expired nor revoked.
    #[must_use]
    pub fn is_good(&self, now: TimeStamp) -> bool {
        self.expires_at.is_none_or(|expires| now < expires) && self.revoked_at.is_none_or(|revoked| now < revoked)
    }

    /// Who calls with it.
    #[must_use]
    pub fn principal(&self) -> Principal {
        Principal {
            id: format!("{START}{}", self.prefix),
            organisation: self.organisation.clone(),
            roles: self.roles,
            quota: self.quota,
            limits: None,
        }
    }
}

/// A key and what is needed to recognise it.
#[derive(Clone)]
pub struct StoredApiKey {
    /// The key as it may be shown.
    pub key: ApiKey,
    hash: Vec<u8>,
    pepper: [u8; 32],
}

impl StoredApiKey {
    /// Whether `presented` is the whole text of this key; the time it takes tells nothing about
    /// how near it is. Whether the key is still good is another question ([`ApiKey::is_good`]).
    #[must_use]
    pub fn verify(&self, presented: &str) -> bool {
        bool::from(authenticate(&self.pepper, &[presented.as_bytes()]).as_slice().ct_eq(&self.hash))
    }
}

impl fmt::Debug for StoredApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredApiKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// The prefix in the text of a key, if it has the form of one.
///
/// ```
/// use metering_persistence::api_keys::prefix_of;
///
/// let key = format!("mk_0123456789ab_{}", "A".repeat(43));
/// assert_eq!(prefix_of(&key), Some("0123456789ab"));
/// assert_eq!(prefix_of("0123456789ab"), None);
/// ```
#[must_use]
pub fn prefix_of(text: &str) -> Option<&str> {
    let (prefix, secret) = text.strip_prefix(START)?.split_once('_')?;
    let good = prefix.len() == PREFIX
        && prefix.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && secret.len() == 43
        && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    good.then_some(prefix)
}

/// Makes a key in the change's organisation. The secret text is shown once and kept nowhere.
///
/// # Errors
/// Those of the database.
pub fn create(change: &mut Change<'_>, new: &NewApiKey, random: &KeyBytes) -> Result<(ApiKey, SecretString)> {
    let (prefix, secret) = random.split_at(PREFIX / 2);
    let prefix = hex(prefix);
    let text = format!("{START}{prefix}_{}", BASE64URL_NOPAD.encode(secret));
    let key = ApiKey {
        prefix,
        organisation: change.organisation().clone(),
        name: new.name.clone(),
        roles: new.roles,
        quota: new.quota,
        created_at: change.received_at(),
        expires_at: new.expires_at,
        revoked_at: None,
    };
    let row = Row {
        prefix: key.prefix.clone(),
        organisation_id: key.organisation.to_string(),
        name: key.name.clone(),
        hash: authenticate(&change.keys().api_keys, &[text.as_bytes()]).to_vec(),
        roles: key.roles.to_string(),
        quota: key.quota.into(),
        created_at: key.created_at.micros(),
        expires_at: key.expires_at.map(TimeStamp::micros),
        revoked_at: None,
    };
    diesel::insert_into(api_keys::table).values(row).execute(change.connection())?;
    Ok((key, text.into()))
}

/// Makes a new key in the place of the one called `prefix`, which stays good until `old_until` at
/// the latest, so that its users can change over.
///
/// # Errors
/// [`Error::NotFound`] when there is no such key or it is no longer good; those of the database.
pub fn rotate(
    change: &mut Change<'_>,
    prefix: &str,
    random: &KeyBytes,
    old_until: TimeStamp,
) -> Result<(ApiKey, SecretString)> {
    let old = in_organisation(change, prefix)?;
    if !old.is_good(change.received_at()) {
        return Err(Error::NotFound);
    }
    let until = old.expires_at.map_or(old_until, |expires| expires.min(old_until));
    diesel::update(api_keys::table.find(&old.prefix))
        .set(api_keys::expires_at.eq(until.micros()))
        .execute(change.connection())?;
    let new = NewApiKey { name: old.name, roles: old.roles, quota: old.quota, expires_at: old.expires_at };
    create(change, &new, random)
}

/// Ends the key called `prefix` at once. One that was revoked before stays so.
///
/// # Errors
/// [`Error::NotFound`] when the organisation has no such key; those of the database.
pub fn revoke(change: &mut Change<'_>, prefix: &str) -> Result<ApiKey> {
    let mut key = in_organisation(change, prefix)?;
    if key.revoked_at.is_none() {
        key.revoked_at = Some(change.received_at());
        diesel::update(api_keys::table.find(&key.prefix))
            .set(api_keys::revoked_at.eq(change.received_at().micros()))
            .execute(change.connection())?;
    }
    Ok(key)
}

/// The organisation's keys, oldest first, with those that are no longer good.
///
/// # Errors
/// Those of the database.
pub fn list(snapshot: &mut Snapshot<'_>) -> Result<Vec<ApiKey>> {
    api_keys::table
        .filter(api_keys::organisation_id.eq(snapshot.organisation().as_str().to_owned()))
        .order((api_keys::created_at, api_keys::prefix))
        .select(Row::as_select())
        .load(snapshot.connection())?
        .into_iter()
        .map(ApiKey::try_from)
        .collect()
}

/// The key called `prefix`, before it is known whose it is.
pub(crate) fn find(connection: &mut AnyConnection, prefix: &str, keys: &Keys) -> Result<Option<StoredApiKey>> {
    let row: Option<Row> = api_keys::table.find(prefix).select(Row::as_select()).first(connection).optional()?;
    row.map(|row| {
        let hash = row.hash.clone();
        Ok(StoredApiKey { key: row.try_into()?, hash, pepper: keys.api_keys })
    })
    .transpose()
}

fn in_organisation(change: &mut Change<'_>, prefix: &str) -> Result<ApiKey> {
    let prefix = prefix.strip_prefix(START).unwrap_or(prefix);
    let row: Row = api_keys::table
        .filter(api_keys::prefix.eq(prefix).and(api_keys::organisation_id.eq(change.organisation().as_str())))
        .select(Row::as_select())
        .first(change.connection())?;
    row.try_into()
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = api_keys, treat_none_as_default_value = false)]
struct Row {
    prefix: String,
    organisation_id: String,
    name: String,
    hash: Vec<u8>,
    roles: String,
    quota: i64,
    created_at: i64,
    expires_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl TryFrom<Row> for ApiKey {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let instant = |micros: i64| TimeStamp::from_micros(micros).map_err(Error::failed);
        Ok(Self {
            prefix: row.prefix,
            organisation: row.organisation_id.parse().map_err(Error::failed)?,
            name: row.name,
            roles: row.roles.parse().map_err(Error::failed)?,
            quota: u32::try_from(row.quota).map_err(Error::failed)?,
            created_at: instant(row.created_at)?,
            expires_at: row.expires_at.map(instant).transpose()?,
            revoked_at: row.revoked_at.map(instant).transpose()?,
        })
    }
}
