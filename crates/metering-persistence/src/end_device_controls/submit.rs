//! Storing controls: which are repeats, which might be replays, whom the others are for.

use std::collections::HashMap;

use diesel::prelude::*;
use metering_model::{
    ControlEvent, ControlStatus, Counts, EndDeviceControl, EndDeviceControls, Permit, Priority, RecordedControl,
    TimeStamp, Verification, Violation, words,
};
use metering_validation::end_device_controls::{Timing, timing};
use metering_validation::{Rules, Valid};

use crate::change::Change;
use crate::dialect::insert_rows;
use crate::error::{Error, Result};
use crate::schema::{
    end_device_control_steps as steps, end_device_control_targets as targets, end_device_controls as controls,
};

use super::life_cycle::{NewStep, SERVER, not_permitted, wake_at};
use super::{ControlRow, PER_STATEMENT, content, meaning, recorded};

mod addressees;
mod known;

use addressees::Addressees;
use known::{Fate, Known};

/// Stores the controls of a message. What is stored or was known already comes back whole, in the
/// order of the message.
///
/// Equal to a control that is still open means known already. Controls that break a rule that only
/// the stored data can decide are left out, and say so in `violations`: kinds that `permits` has
/// none for, the same mRID with other content, switching that might be a replay, targets that
/// nothing is known of. `rules` are those the controls were checked with.
///
/// # Errors
/// When the store cannot be read or written.
pub fn submit(
    change: &mut Change<'_>,
    message: &Valid<EndDeviceControls>,
    rules: &Rules,
    permits: &[Permit],
    violations: &mut Vec<Violation>,
) -> Result<(Counts, Vec<RecordedControl>)> {
    let mut wanted = Vec::with_capacity(message.controls.len());
    for (item, control) in &message.controls {
        match not_permitted(*item, control, permits) {
            Some(violation) => violations.push(violation),
            None => wanted.push(Wanted::new(change, *item, control, rules)?),
        }
    }
    let mut known = Known::load(change, &wanted)?;
    let meant = Addressees::load(change, wanted.iter().filter(|it| matches!(known.fate(it), Fate::New)))?;

    let mut counts = Counts { received: message.received, ..Counts::default() };
    let mut answered = Vec::with_capacity(wanted.len());
    let mut new = Vec::new();
    for mut wanted in wanted {
        match known.fate(&wanted) {
            Fate::Unchanged(id) => {
                counts.unchanged += 1;
                answered.push(id);
            }
            Fate::Rejected(code, detail) => {
                let field = if wanted.control.mrid.is_some() { "mRID" } else { "" };
                violations.push(Violation::new(wanted.item, field, code, detail));
            }
            Fate::New => match meant.of(wanted.item, wanted.control) {
                Err(found) => violations.extend(found),
                Ok(devices) => {
                    wanted.devices = devices;
                    known.add(&wanted);
                    counts.inserted += 1;
                    answered.push(wanted.id.clone());
                    new.push(wanted);
                }
            },
        }
    }
    counts.rejected = counts.received.saturating_sub(counts.inserted + counts.unchanged);
    insert(change, &new)?;
    let controls = load(change, &answered)?;
    Ok((counts, controls))
}

/// A control on its way into the store.
struct Wanted<'a> {
    item: u32,
    control: &'a EndDeviceControl,
    id: String,
    timing: Timing,
    identity: Vec<u8>,
    key_identity: Option<Vec<u8>>,
    devices: Vec<i64>,
}

impl<'a> Wanted<'a> {
    /// Whether its time has passed already, so that it is stored and never sent.
    fn arrives_too_late(&self) -> bool {
        self.timing.status == ControlStatus::Expired
    }

    fn new(change: &Change<'_>, item: u32, control: &'a EndDeviceControl, rules: &Rules) -> Result<Self> {
        let key = change.idempotency_key().filter(|_| control.mrid.is_none());
        Ok(Self {
            item,
            control,
            id: control.mrid.as_ref().map_or_else(|| change.new_id(), ToString::to_string),
            timing: timing(control, change.received_at(), rules),
            identity: content::identity(control)?,
            key_identity: key.map(|key| content::key_identity(&change.principal().id, key, item)),
            devices: Vec::new(),
        })
    }
}

#[derive(Insertable, Debug)]
#[diesel(table_name = controls, treat_none_as_default_value = false)]
struct NewControl<'a> {
    organisation_id: &'a str,
    id: &'a str,
    change_number: i64,
    place: i64,
    received_at: i64,
    kind: &'a str,
    meaning: String,
    priority: i16,
    status: &'a str,
    verification: &'a str,
    effective_at: Option<i64>,
    expires_at: i64,
    wake_at: Option<i64>,
    devices: i64,
    identity: &'a [u8],
    key_identity: Option<&'a [u8]>,
    content: String,
}

#[derive(Insertable, Debug)]
#[diesel(table_name = targets, treat_none_as_default_value = false)]
struct NewTarget<'a> {
    organisation_id: &'a str,
    control_id: &'a str,
    device_id: i64,
    place: i64,
    status: &'a str,
}

/// The column by which urgent controls go first.
fn rank(priority: Priority) -> i16 {
    match priority {
        Priority::Low => 0,
        Priority::Normal => 1,
        Priority::High => 2,
        Priority::Critical => 3,
    }
}

fn insert(change: &mut Change<'_>, new: &[Wanted<'_>]) -> Result<()> {
    let organisation = change.organisation().as_str().to_owned();
    let (number, now) = (change.number(), change.received_at());
    let by = change.principal().id.clone();
    let connection = change.connection();
    let verification = words::verification_word(Verification::None);
    for some in new.chunks(PER_STATEMENT) {
        let rows: Vec<NewControl<'_>> = some
            .iter()
            .map(|it| {
                let Timing { expires, status } = it.timing;
                Ok(NewControl {
                    organisation_id: &organisation,
                    id: &it.id,
                    change_number: number,
                    place: it.item.into(),
                    received_at: now.micros(),
                    kind: it.control.kind().as_str(),
                    meaning: meaning(it.control.control_type),
                    priority: rank(it.control.priority),
                    status: status.as_str(),
                    verification,
                    effective_at: it.control.effective.map(TimeStamp::micros),
                    expires_at: expires.micros(),
                    wake_at: wake_at(status, it.control.effective, expires),
                    devices: i64::try_from(it.devices.len()).unwrap_or(i64::MAX),
                    identity: &it.identity,
                    key_identity: it.key_identity.as_deref(),
                    content: content::write(it.control)?,
                })
            })
            .collect::<Result<_>>()?;
        insert_rows!(connection, controls::table, &rows)?;

        let mut first_steps = Vec::with_capacity(some.len());
        for it in some {
            for (step, (status, actor, reason)) in (0..).zip(begins(it.timing.status, &by)?) {
                first_steps.push(NewStep {
                    organisation_id: &organisation,
                    control_id: &it.id,
                    step,
                    status: status.as_str(),
                    entered_at: now.micros(),
                    actor,
                    reason,
                    change_number: number,
                });
            }
        }
        insert_rows!(connection, steps::table, &first_steps)?;
    }
    let all: Vec<NewTarget<'_>> = new
        .iter()
        .flat_map(|it| (0..).zip(&it.devices).map(move |(place, device)| (it, place, *device)))
        .map(|(it, place, device_id)| NewTarget {
            organisation_id: &organisation,
            control_id: &it.id,
            device_id,
            place,
            status: it.timing.status.as_str(),
        })
        .collect();
    for some in all.chunks(PER_STATEMENT) {
        insert_rows!(connection, targets::table, some)?;
    }
    Ok(())
}

/// A state, by whom, and why.
type FirstStep<'a> = (ControlStatus, &'a str, Option<&'a str>);

/// The first steps of a control that begins in `status`.
fn begins(status: ControlStatus, by: &str) -> Result<Vec<FirstStep<'_>>> {
    if status != ControlStatus::Expired {
        return Ok(vec![(status, by, None)]);
    }
    // It was received like any other, and then found to be too late.
    let received = ControlStatus::Received;
    let expired = received.after(ControlEvent::TimedOut).map_err(Error::Impossible)?;
    Ok(vec![(received, by, None), (expired, SERVER, Some("its time had passed when it arrived"))])
}

/// The controls with these ids, in this order; an id may stand twice.
fn load(change: &mut Change<'_>, ids: &[String]) -> Result<Vec<RecordedControl>> {
    let organisation = change.organisation().as_str().to_owned();
    let mut each: Vec<&str> = ids.iter().map(String::as_str).collect();
    each.sort_unstable();
    each.dedup();
    let mut rows: Vec<ControlRow> = Vec::with_capacity(each.len());
    for some in each.chunks(PER_STATEMENT) {
        rows.extend(
            controls::table
                .filter(controls::organisation_id.eq(&organisation))
                .filter(controls::id.eq_any(some.iter().copied()))
                .select(ControlRow::as_select())
                .load::<ControlRow>(change.connection())?,
        );
    }
    let found: HashMap<String, RecordedControl> =
        recorded(&mut change.snapshot(), rows)?.into_iter().map(|control| (control.id.to_string(), control)).collect();
    ids.iter()
        .map(|id| found.get(id).cloned().ok_or_else(|| Error::failed(format!("the control {id} is not there"))))
        .collect()
}
