//! What came in of late, for the status page: readings a second, and whose items were rejected.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use metering_model::{OrganisationId, Principal};

/// The seconds that are looked back on.
const SECONDS: u64 = 60;
/// Clients told apart; those beyond are counted together, so that names cannot fill the memory.
const CLIENTS: usize = 1_000;
/// What those beyond are called.
const OTHERS: &str = "others";

/// Counts of this process since it started.
#[derive(Debug, Default)]
pub(crate) struct RecentItems(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    /// Readings by second since the start, the newest [`SECONDS`] of them.
    readings: BTreeMap<u64, u64>,
    /// Rejected items by organisation and client.
    rejected: BTreeMap<(OrganisationId, String), u64>,
}

impl RecentItems {
    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// So many readings were accepted, `uptime` after the start.
    pub(crate) fn accepted(&self, readings: u32, uptime: Duration) {
        let mut counted = self.counted();
        *counted.readings.entry(uptime.as_secs()).or_default() += u64::from(readings);
        while counted.readings.len() as u64 > SECONDS {
            counted.readings.pop_first();
        }
    }

    /// So many items of a message of `client` were rejected.
    pub(crate) fn rejected(&self, items: u32, client: &Principal) {
        if items == 0 {
            return;
        }
        let rejected = &mut self.counted().rejected;
        let mut key = (client.organisation.clone(), client.id.clone());
        if !rejected.contains_key(&key) && rejected.len() >= CLIENTS {
            key.1 = OTHERS.to_owned();
        }
        *rejected.entry(key).or_default() += u64::from(items);
    }

    /// Readings a second over the last minute, or since the start where that is less.
    pub(crate) fn readings_per_second(&self, uptime: Duration) -> f64 {
        let from = uptime.as_secs().saturating_sub(SECONDS - 1);
        let total: u64 = self.counted().readings.range(from..).map(|it| it.1).sum();
        let seconds = uptime.as_secs_f64().clamp(1.0, SECONDS as f64);
        (total as f64 / seconds * 10.0).round() / 10.0
    }

    /// Rejected items by client of one organisation.
    pub(crate) fn rejected_of(&self, organisation: &OrganisationId) -> BTreeMap<String, u64> {
        let counted = self.counted();
        let own = counted.rejected.iter().filter(|it| it.0.0 == *organisation);
        own.map(|((_, client), items)| (client.clone(), *items)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(organisation: &str, id: &str) -> Principal {
        let organisation = organisation.parse().unwrap();
        Principal { id: id.into(), organisation, roles: Default::default(), quota: 1, limits: None }
    }

    #[test]
    fn readings_are_told_of_the_last_minute_only() {
        let (items, at) = (RecentItems::default(), Duration::from_secs);
        items.accepted(1_000, at(0));
        assert_eq!(items.readings_per_second(at(0)), 1_000.0);
        assert_eq!(items.readings_per_second(at(10)), 100.0);
        items.accepted(600, at(90));
        assert_eq!(items.readings_per_second(at(100)), 10.0);
        assert_eq!(items.readings_per_second(at(1_000)), 0.0);
        (100..500).for_each(|second| items.accepted(1, at(second)));
        assert_eq!(items.counted().readings.len() as u64, SECONDS);
    }

    #[test]
    fn rejected_items_are_told_by_client_and_never_to_another_organisation() {
        let items = RecentItems::default();
        items.rejected(3, &client("north", "a"));
        items.rejected(2, &client("north", "a"));
        items.rejected(1, &client("south", "a"));
        assert_eq!(items.rejected_of(&"north".parse().unwrap()), BTreeMap::from([("a".to_owned(), 5)]));
        (0..2 * CLIENTS).for_each(|number| items.rejected(1, &client("north", &number.to_string())));
        let north = items.rejected_of(&"north".parse().unwrap());
        assert!(north.len() <= CLIENTS + 1);
        assert_eq!(north.values().sum::<u64>(), 5 + 2 * CLIENTS as u64);
    }
}
