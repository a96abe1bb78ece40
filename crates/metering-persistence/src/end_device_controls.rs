//! Controls: submitted, found, withdrawn, and moved on by time.
//!
//! A control is one row, the steps of its life, and the devices it is for. Only
//! [`ControlStatus::after`] says what a row's status becomes, and the row changes only from the
//! status it was read in.

use std::collections::HashMap;

use diesel::prelude::*;
use metering_model::{
    ControlStatus, ControlStep, DeviceResult, EndDeviceControlType, GetEndDeviceControls, RecordedControl, TimeStamp,
    Verification, words,
};

use crate::configuration::{OwnerKind, find_owners, mrids};
use crate::connection::AnyConnection;
use crate::cursor::Cursor;
use crate::error::{Error, Result};
use crate::schema::{
    end_device_control_steps as steps, end_device_control_targets as targets, end_device_controls as controls,
};
use crate::snapshot::Snapshot;

mod content;
mod life_cycle;
mod submit;

pub use life_cycle::{cancel, next_due, pass_time};
pub use submit::submit;

/// The name of the list, for its cursors.
const LIST: &str = "controls";
/// Where a page ends: the time it is ordered by, the change, the place in the message.
type Place = (i64, i64, i64);

/// How many ids or rows go into one statement; SQLite binds at most 32,766 values.
const PER_STATEMENT: usize = 500;
/// How many results of devices a page may hold: one control may be for thousands.
const RESULTS_PER_PAGE: i64 = 20_000;

/// A page of controls and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlPage {
    /// The controls, newest first.
    pub items: Vec<RecordedControl>,
    /// What to ask the next page with, if there is one.
    pub next: Option<Cursor>,
}

/// A control as its row has it.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = controls)]
struct ControlRow {
    id: String,
    change_number: i64,
    place: i64,
    received_at: i64,
    status: String,
    verification: String,
    expires_at: i64,
    devices: i64,
    content: String,
}

#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = steps)]
struct StepRow {
    control_id: String,
    status: String,
    entered_at: i64,
    actor: String,
    reason: Option<String>,
}

/// The word of a column that only this program writes.
fn status(word: &str) -> Result<ControlStatus> {
    ControlStatus::from_text(word).ok_or_else(|| unreadable("status", word))
}

fn unreadable(what: &str, word: &str) -> Error {
    Error::failed(format!("the store has the unknown {what} `{word}`"))
}

fn instant(micros: i64) -> Result<TimeStamp> {
    TimeStamp::from_micros(micros).map_err(Error::failed)
}

/// The code without the type of device, by which controls are searched.
fn meaning(code: EndDeviceControlType) -> String {
    format!("{}.{}.{}", code.domain, code.sub_domain, code.event_or_action)
}

/// The control with this id.
///
/// # Errors
/// When the store cannot be read.
pub fn find(snapshot: &mut Snapshot<'_>, id: &str) -> Result<Option<RecordedControl>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let row: Option<ControlRow> = controls::table
        .filter(controls::organisation_id.eq(&organisation))
        .filter(controls::id.eq(id))
        .select(ControlRow::as_select())
        .first(snapshot.connection())
        .optional()?;
    match row {
        None => Ok(None),
        Some(row) => Ok(recorded(snapshot, vec![row])?.pop()),
    }
}

/// The controls asked for, newest first, those behind the cursor `after`, at most `limit`.
///
/// A page may be shorter than `limit` where its controls are for very many devices.
///
/// # Errors
/// [`Error::BadCursor`] for a cursor of another list; else when the store cannot be read.
pub fn query(
    snapshot: &mut Snapshot<'_>,
    get: &GetEndDeviceControls,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<ControlPage> {
    let GetEndDeviceControls { devices, control_types, statuses, from, to } = get;
    let organisation = snapshot.organisation().as_str().to_owned();
    let mut wanted = controls::table
        .filter(controls::organisation_id.eq(organisation.clone()))
        .order((controls::received_at.desc(), controls::change_number.desc(), controls::place.desc()))
        .limit(i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX))
        .select(ControlRow::as_select())
        .into_boxed();
    if !devices.is_empty() {
        let ids: Vec<&str> = devices.iter().map(|it| it.as_str()).collect();
        let owners = find_owners(snapshot, OwnerKind::Meter, &ids)?;
        let owners: Vec<i64> = owners.into_iter().map(|(id, _)| id).collect();
        // Ordered by what no index has, so that the few controls of the devices are sorted; else
        // SQLite would go through those of all devices, because they are in order already.
        let newest = (controls::received_at + 0).desc();
        wanted = wanted.order((newest, controls::change_number.desc(), controls::place.desc())).filter(
            controls::id.eq_any(
                targets::table
                    .filter(targets::organisation_id.eq(organisation.clone()))
                    .filter(targets::device_id.eq_any(owners))
                    .select(targets::control_id),
            ),
        );
    }
    if !control_types.is_empty() {
        let meanings: Vec<String> = control_types.iter().map(|code| meaning(*code)).collect();
        wanted = wanted.filter(controls::meaning.eq_any(meanings));
    }
    if !statuses.is_empty() {
        let statuses: Vec<&'static str> = statuses.iter().map(|status| status.as_str()).collect();
        wanted = wanted.filter(controls::status.eq_any(statuses));
    }
    if let Some(from) = from {
        wanted = wanted.filter(controls::received_at.ge(from.micros()));
    }
    if let Some(to) = to {
        wanted = wanted.filter(controls::received_at.lt(to.micros()));
    }
    if let Some(after) = after {
        let (time, change, place): Place = after.read(LIST)?;
        // The first bound says it again, so that the index is entered there and not at the newest.
        wanted = wanted.filter(controls::received_at.le(time)).filter(
            controls::received_at.lt(time).or(controls::received_at.eq(time).and(
                controls::change_number
                    .lt(change)
                    .or(controls::change_number.eq(change).and(controls::place.lt(place))),
            )),
        );
    }
    let mut rows: Vec<ControlRow> = wanted.load(snapshot.connection())?;

    let mut results = 0;
    let fit = rows.iter().take_while(|row| {
        results += row.devices;
        results <= RESULTS_PER_PAGE
    });
    // One control alone is shown however many devices it has.
    let fit = fit.count().max(1).min(limit.max(1));
    let more = rows.len() > fit;
    rows.truncate(fit);
    let next = match rows.last() {
        Some(last) if more => Some(Cursor::new(LIST, &(last.received_at, last.change_number, last.place))?),
        _ => None,
    };
    Ok(ControlPage { items: recorded(snapshot, rows)?, next })
}

/// The controls of `rows`, with their steps and results, in that order.
fn recorded(snapshot: &mut Snapshot<'_>, rows: Vec<ControlRow>) -> Result<Vec<RecordedControl>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut steps = load_steps(snapshot.connection(), &organisation, &ids)?;
    // One device alone has the state of the control.
    let several: Vec<&str> = rows.iter().filter(|row| row.devices > 1).map(|row| row.id.as_str()).collect();
    let mut results = load_results(snapshot, &organisation, &several)?;
    rows.iter()
        .map(|row| {
            Ok(RecordedControl {
                id: row.id.parse().map_err(Error::failed)?,
                control: content::read(&row.content)?,
                received_at: instant(row.received_at)?,
                expires: instant(row.expires_at)?,
                status: status(&row.status)?,
                steps: steps.remove(&row.id).unwrap_or_default(),
                verification: verification(&row.verification)?,
                results: results.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

fn verification(word: &str) -> Result<Verification> {
    words::verification(word).ok_or_else(|| unreadable("verification", word))
}

fn load_steps(
    connection: &mut AnyConnection,
    organisation: &str,
    ids: &[&str],
) -> Result<HashMap<String, Vec<ControlStep>>> {
    let mut found: HashMap<String, Vec<ControlStep>> = HashMap::with_capacity(ids.len());
    for some in ids.chunks(PER_STATEMENT) {
        let rows: Vec<StepRow> = steps::table
            .filter(steps::organisation_id.eq(organisation))
            .filter(steps::control_id.eq_any(some.iter().copied()))
            .order((steps::control_id, steps::step))
            .select(StepRow::as_select())
            .load(connection)?;
        for StepRow { control_id, status: word, entered_at, actor, reason } in rows {
            let step = ControlStep { status: status(&word)?, at: instant(entered_at)?, by: actor, reason };
            found.entry(control_id).or_default().push(step);
        }
    }
    Ok(found)
}

fn load_results(
    snapshot: &mut Snapshot<'_>,
    organisation: &str,
    ids: &[&str],
) -> Result<HashMap<String, Vec<DeviceResult>>> {
    let mut rows: Vec<(String, i64, String)> = Vec::new();
    for some in ids.chunks(PER_STATEMENT) {
        rows.extend(
            targets::table
                .filter(targets::organisation_id.eq(organisation))
                .filter(targets::control_id.eq_any(some.iter().copied()))
                .order((targets::control_id, targets::place))
                .select((targets::control_id, targets::device_id, targets::status))
                .load::<(String, i64, String)>(snapshot.connection())?,
        );
    }
    let mut devices: Vec<i64> = rows.iter().map(|(_, device, _)| *device).collect();
    devices.sort_unstable();
    devices.dedup();
    // As they are called now: a device may have been configured since.
    let names = mrids(snapshot, &devices)?;
    let mut found: HashMap<String, Vec<DeviceResult>> = HashMap::with_capacity(ids.len());
    for (control, device, word) in rows {
        let Some(mrid) = names.get(&device) else { continue };
        let result = DeviceResult { device: mrid.parse().map_err(Error::failed)?, status: status(&word)? };
        found.entry(control).or_default().push(result);
    }
    Ok(found)
}
