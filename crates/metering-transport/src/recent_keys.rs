//! API keys that were looked up a moment ago, so that a busy caller does not cost a query per
//! call. A revoked key is refused within a second all the same.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use metering_persistence::api_keys::StoredApiKey;

/// How long a key is believed to be as it was found.
const FRESH: Duration = Duration::from_millis(900);

/// Keys that are kept at most.
const MOST: usize = 4_096;

/// Keys by their prefix, each with the instant it was found at.
#[derive(Debug, Default)]
pub(crate) struct RecentKeys(Mutex<HashMap<String, (Instant, StoredApiKey)>>);

impl RecentKeys {
    /// The key of this prefix, if it was found within the last second.
    pub(crate) fn get(&self, prefix: &str, now: Instant) -> Option<StoredApiKey> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, key) = keys.get(prefix)?;
        (now.duration_since(*found) < FRESH).then(|| key.clone())
    }

    /// Keeps a key that was asked for at `now`.
    pub(crate) fn put(&self, prefix: &str, key: &StoredApiKey, now: Instant) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= MOST {
            keys.retain(|_, (found, _)| now.duration_since(*found) < FRESH);
        }
        if keys.len() < MOST {
            keys.insert(prefix.to_owned(), (now, key.clone()));
        }
    }
}
