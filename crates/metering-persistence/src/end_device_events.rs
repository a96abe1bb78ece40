//! Events: stored once, found by time, device, type and severity.

use diesel::prelude::*;
use metering_model::{EndDeviceEventType, EventType, GetEndDeviceEvents, RecordedEvent, TimeStamp};

use crate::configuration::{OwnerKind, find_owners};
use crate::cursor::Cursor;
use crate::error::{Error, Result};
use crate::schema::end_device_events as events;
use crate::snapshot::Snapshot;

mod content;
mod submit;

pub use submit::submit;

/// The name of the list, for its cursors.
const LIST: &str = "events";
/// Where a page ends: the time it is ordered by, the change, the place in the message.
type Place = (i64, i64, i64);

/// How many ids or rows go into one statement; SQLite binds at most 32,766 values.
const PER_STATEMENT: usize = 500;

/// A page of events and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPage {
    /// The events, newest first.
    pub items: Vec<RecordedEvent>,
    /// What to ask the next page with, if there is one.
    pub next: Option<Cursor>,
}

/// An event as its row has it.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = events)]
struct EventRow {
    id: String,
    change_number: i64,
    place: i64,
    recorded_at: i64,
    created_at: i64,
    content: String,
}

impl EventRow {
    fn recorded(&self) -> Result<RecordedEvent> {
        Ok(RecordedEvent {
            id: self.id.parse().map_err(Error::failed)?,
            event: content::read(&self.content)?,
            recorded_at: TimeStamp::from_micros(self.recorded_at).map_err(Error::failed)?,
        })
    }
}

/// The code without the type of device, by which events are searched.
fn meaning(code: EndDeviceEventType) -> String {
    format!("{}.{}.{}", code.domain, code.sub_domain, code.event_or_action)
}

/// The event with this id.
///
/// # Errors
/// When the store cannot be read.
pub fn find(snapshot: &mut Snapshot<'_>, id: &str) -> Result<Option<RecordedEvent>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let row: Option<EventRow> = events::table
        .filter(events::organisation_id.eq(&organisation))
        .filter(events::id.eq(id))
        .select(EventRow::as_select())
        .first(snapshot.connection())
        .optional()?;
    row.as_ref().map(EventRow::recorded).transpose()
}

/// The events asked for, newest first by the time they happened, those behind the cursor `after`,
/// at most `limit`.
///
/// # Errors
/// [`Error::BadCursor`] for a cursor of another list; else when the store cannot be read.
pub fn query(
    snapshot: &mut Snapshot<'_>,
    get: &GetEndDeviceEvents,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<EventPage> {
    let GetEndDeviceEvents { devices, event_types, severities, from, to } = get;
    let organisation = snapshot.organisation().as_str().to_owned();
    let mut wanted = events::table
        .filter(events::organisation_id.eq(organisation))
        .order((events::created_at.desc(), events::change_number.desc(), events::place.desc()))
        .limit(i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX))
        .select(EventRow::as_select())
        .into_boxed();
    if !devices.is_empty() {
        let ids: Vec<&str> = devices.iter().map(|it| it.as_str()).collect();
        let owners = find_owners(snapshot, OwnerKind::Meter, &ids)?;
        let owners: Vec<i64> = owners.into_iter().map(|(id, _)| id).collect();
        wanted = wanted.filter(events::device_id.eq_any(owners));
    }
    if !event_types.is_empty() {
        let mut meanings = Vec::new();
        let mut words = Vec::new();
        for event_type in event_types {
            match event_type {
                EventType::Code(code) => meanings.push(Some(meaning(*code))),
                EventType::Unmapped(word) => words.push(Some(word.clone())),
            }
        }
        wanted = wanted.filter(events::meaning.eq_any(meanings).or(events::word.eq_any(words)).assume_not_null());
    }
    if !severities.is_empty() {
        let severities: Vec<Option<String>> = severities.iter().cloned().map(Some).collect();
        wanted = wanted.filter(events::severity.eq_any(severities).assume_not_null());
    }
    if let Some(from) = from {
        wanted = wanted.filter(events::created_at.ge(from.micros()));
    }
    if let Some(to) = to {
        wanted = wanted.filter(events::created_at.lt(to.micros()));
    }
    if let Some(after) = after {
        let (time, change, place): Place = after.read(LIST)?;
        // The first bound says it again, so that the index is entered there and not at the newest.
        wanted = wanted.filter(events::created_at.le(time)).filter(events::created_at.lt(time).or(
            events::created_at.eq(time).and(
                events::change_number.lt(change).or(events::change_number.eq(change).and(events::place.lt(place))),
            ),
        ));
    }
    let mut rows: Vec<EventRow> = wanted.load(snapshot.connection())?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = match rows.last() {
        Some(last) if more => Some(Cursor::new(LIST, &(last.created_at, last.change_number, last.place))?),
        _ => None,
    };
    Ok(EventPage { items: rows.iter().map(EventRow::recorded).collect::<Result<_>>()?, next })
}
