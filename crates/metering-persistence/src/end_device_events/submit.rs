//! Storing events: each once, however often it is told.

use std::collections::HashMap;

use diesel::prelude::*;
use metering_model::{Counts, EndDeviceEvent, EndDeviceEvents, EventType, RecordedEvent, Violation, ViolationCode};
use metering_validation::Valid;

use crate::change::Change;
use crate::configuration::{Meant, devices};
use crate::dialect::insert_rows;
use crate::error::{Error, Result};
use crate::schema::end_device_events as events;

use super::{EventRow, PER_STATEMENT, content, meaning};

/// Stores the events of a message. What is stored or was known already comes back whole, in the
/// order of the message. Events whose mRID is there with other content, and those of devices that
/// the settings refuse, are left out and say so in `violations`.
///
/// # Errors
/// When the store cannot be read or written.
pub fn submit(
    change: &mut Change<'_>,
    message: &Valid<EndDeviceEvents>,
    violations: &mut Vec<Violation>,
) -> Result<(Counts, Vec<RecordedEvent>)> {
    let wanted = message
        .events
        .iter()
        .map(|(item, event)| {
            let content = content::write(event)?;
            Ok(Wanted { item: *item, event, identity: content::identity(&content), content })
        })
        .collect::<Result<Vec<_>>>()?;
    let mut known = Known::load(change, &wanted)?;
    let meant = meant(change, wanted.iter().filter(|it| matches!(known.fate(it), Fate::New)))?;

    let mut counts = Counts { received: message.received, ..Counts::default() };
    let mut answered: Vec<String> = Vec::with_capacity(wanted.len());
    let mut new = Vec::new();
    for wanted in &wanted {
        match known.fate(wanted) {
            Fate::Unchanged(id) => {
                counts.unchanged += 1;
                answered.push(id);
            }
            Fate::Rejected(detail) => {
                violations.push(Violation::new(wanted.item, "mRID", ViolationCode::Exists, detail));
            }
            Fate::New => match meant.get(wanted.event.device.as_str()) {
                Some(Ok(found)) => {
                    let id = wanted.event.mrid.as_ref().map_or_else(|| change.new_id(), ToString::to_string);
                    known.add(wanted, &id);
                    counts.inserted += 1;
                    answered.push(id.clone());
                    new.push((wanted, id, found.id));
                }
                Some(Err(why)) => {
                    violations.push(Violation::new(wanted.item, "deviceId", why.code, why.detail.clone()));
                }
                None => return Err(Error::failed("a device was not looked up")),
            },
        }
    }
    counts.rejected = counts.received.saturating_sub(counts.inserted + counts.unchanged);
    insert(change, &new)?;
    let events = load(change, &answered)?;
    Ok((counts, events))
}

/// An event on its way into the store.
struct Wanted<'a> {
    item: u32,
    event: &'a EndDeviceEvent,
    content: String,
    identity: Vec<u8>,
}

enum Fate {
    New,
    /// The one with this id is the same.
    Unchanged(String),
    Rejected(String),
}

/// What is stored, as far as the message might repeat it.
#[derive(Default)]
struct Known {
    by_id: HashMap<String, Vec<u8>>,
    by_identity: HashMap<Vec<u8>, String>,
}

impl Known {
    fn load(change: &mut Change<'_>, wanted: &[Wanted<'_>]) -> Result<Self> {
        let organisation = change.organisation().as_str().to_owned();
        let mut known = Self::default();
        for some in wanted.chunks(PER_STATEMENT) {
            let identities: Vec<&[u8]> = some.iter().map(|it| it.identity.as_slice()).collect();
            let ids: Vec<&str> = some.iter().filter_map(|it| it.event.mrid.as_ref()).map(|it| it.as_str()).collect();
            let of_organisation = events::table.filter(events::organisation_id.eq(&organisation));
            let mut rows: Vec<(String, Vec<u8>)> = of_organisation
                .filter(events::identity.eq_any(identities))
                .select((events::id, events::identity))
                .load(change.connection())?;
            if !ids.is_empty() {
                rows.extend(
                    of_organisation.filter(events::id.eq_any(ids)).select((events::id, events::identity)).load::<(
                        String,
                        Vec<u8>,
                    )>(
                        change.connection(),
                    )?,
                );
            }
            for (id, identity) in rows {
                known.by_identity.insert(identity.clone(), id.clone());
                known.by_id.insert(id, identity);
            }
        }
        Ok(known)
    }

    fn fate(&self, wanted: &Wanted<'_>) -> Fate {
        if let Some(id) = self.by_identity.get(&wanted.identity) {
            return Fate::Unchanged(id.clone());
        }
        match &wanted.event.mrid {
            Some(mrid) if self.by_id.contains_key(mrid.as_str()) => Fate::Rejected(format!(
                "the event `{mrid}` is there with other content; another event needs another mRID"
            )),
            _ => Fate::New,
        }
    }

    /// What is stored now can be repeated by a later item.
    fn add(&mut self, wanted: &Wanted<'_>, id: &str) {
        self.by_identity.insert(wanted.identity.clone(), id.to_owned());
        self.by_id.insert(id.to_owned(), wanted.identity.clone());
    }
}

/// The devices that the events come from, looked up once for the whole message.
fn meant<'a>(change: &mut Change<'_>, wanted: impl Iterator<Item = &'a Wanted<'a>>) -> Result<HashMap<&'a str, Meant>> {
    let mut ids: Vec<&str> = wanted.map(|it| it.event.device.as_str()).collect();
    // In the order of the message: which of them still fit below the ceiling must not be chance.
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    let found = devices(change, &ids)?;
    Ok(ids.into_iter().zip(found).collect())
}

#[derive(Insertable, Debug)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct NewEvent<'a> {
    organisation_id: &'a str,
    id: &'a str,
    change_number: i64,
    place: i64,
    recorded_at: i64,
    device_id: i64,
    created_at: i64,
    meaning: Option<String>,
    word: Option<&'a str>,
    severity: Option<&'a str>,
    identity: &'a [u8],
    content: &'a str,
}

fn insert(change: &mut Change<'_>, new: &[(&Wanted<'_>, String, i64)]) -> Result<()> {
    let organisation = change.organisation().as_str().to_owned();
    let (change_number, recorded_at) = (change.number(), change.recorded_at().micros());
    for some in new.chunks(PER_STATEMENT) {
        let rows: Vec<NewEvent<'_>> = some
            .iter()
            .map(|(wanted, id, device_id)| NewEvent {
                organisation_id: &organisation,
                id,
                change_number,
                place: wanted.item.into(),
                recorded_at,
                device_id: *device_id,
                created_at: wanted.event.created.micros(),
                meaning: match &wanted.event.event_type {
                    EventType::Code(code) => Some(meaning(*code)),
                    EventType::Unmapped(_) => None,
                },
                word: content::word(wanted.event),
                severity: wanted.event.severity.as_deref(),
                identity: &wanted.identity,
                content: &wanted.content,
            })
            .collect();
        insert_rows!(change.connection(), events::table, &rows)?;
    }
    Ok(())
}

/// The events with these ids, in this order; an id may stand twice.
fn load(change: &mut Change<'_>, ids: &[String]) -> Result<Vec<RecordedEvent>> {
    let organisation = change.organisation().as_str().to_owned();
    let mut each: Vec<&str> = ids.iter().map(String::as_str).collect();
    each.sort_unstable();
    each.dedup();
    let mut found: HashMap<String, RecordedEvent> = HashMap::with_capacity(each.len());
    for some in each.chunks(PER_STATEMENT) {
        let rows: Vec<EventRow> = events::table
            .filter(events::organisation_id.eq(&organisation))
            .filter(events::id.eq_any(some.iter().copied()))
            .select(EventRow::as_select())
            .load(change.connection())?;
        for row in rows {
            found.insert(row.id.clone(), row.recorded()?);
        }
    }
    ids.iter()
        .map(|id| found.get(id).cloned().ok_or_else(|| Error::failed(format!("the event {id} is not there"))))
        .collect()
}
