//! API keys: found by their visible prefix, compared in constant time.

use std::time::Instant;

use metering_model::Principal;
use metering_persistence::api_keys::{StoredApiKey, prefix_of};

use super::Unknown;
use crate::state::State;

/// Who calls with `key`.
pub(super) async fn principal(key: &str, state: &State) -> Result<Principal, Unknown> {
    let prefix = prefix_of(key).ok_or(Unknown::Bad("not the form of an API key"))?;
    let stored = find(prefix, state).await?.ok_or(Unknown::Bad("no API key has this prefix"))?;
    if !stored.verify(key) {
        return Err(Unknown::Bad("not the whole of the API key"));
    }
    if !stored.key.is_good(state.now()) {
        return Err(Unknown::Bad("the API key is expired or revoked"));
    }
    Ok(stored.key.principal())
}

async fn find(prefix: &str, state: &State) -> Result<Option<StoredApiKey>, Unknown> {
    // Taken before the question, so that the answer is never believed for longer.
    let asked = Instant::now();
    if let Some(key) = state.recent_keys().get(prefix, asked) {
        return Ok(Some(key));
    }
    let wanted = prefix.to_owned();
    let found = state.blocking(move |store| store.api_key(&wanted)).await.map_err(Unknown::Failed)?;
    if let Some(key) = &found {
        state.recent_keys().put(prefix, key, asked);
    }
    Ok(found)
}
