//! The same object twice in one message.

use std::collections::HashMap;

use metering_model::Configurations;

/// The items that name an object which an item before them names: field, and that item's number.
///
/// The identity is the mRID, else the first name with its type and authority.
pub(super) fn duplicates(message: &Configurations) -> HashMap<u32, (&'static str, u32)> {
    let mut by_mrid = HashMap::new();
    let mut by_name = HashMap::new();
    let mut found = HashMap::new();
    for (item, it) in &message.items {
        let earlier = match it.mrid() {
            Some(mrid) => ("mRID", *by_mrid.entry(mrid).or_insert(*item)),
            None => match it.names().first() {
                Some(name) => ("names/0", *by_name.entry(name).or_insert(*item)),
                None => continue,
            },
        };
        if earlier.1 != *item {
            found.insert(*item, earlier);
        }
    }
    found
}
