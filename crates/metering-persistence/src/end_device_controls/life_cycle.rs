//! How a stored control moves on: withdrawn by somebody, or by time.

use diesel::prelude::*;
use metering_model::{
    ControlEvent, ControlStatus, Permit, RecordedControl, TimeStamp, Violation, ViolationCode, words,
};

use crate::change::Change;
use crate::error::{Error, Result};
use crate::schema::{
    end_device_control_steps as steps, end_device_control_targets as targets, end_device_controls as controls,
};
use crate::snapshot::Snapshot;

use super::{find, status};

/// Who moves a control on where nobody asks for it.
pub(super) const SERVER: &str = "server";
/// How many controls one call of [`pass_time`] moves on, so that the writer is soon free again.
const AT_ONCE: i64 = 1000;

/// Withdraws the control `id`. Withdrawing what is withdrawn already changes nothing.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Rejected`] with `not-permitted` where `permits` has none for its
/// kind; [`Error::Impossible`] once it was sent or has ended.
pub fn cancel(change: &mut Change<'_>, id: &str, reason: Option<&str>, permits: &[Permit]) -> Result<RecordedControl> {
    let stored = find(&mut change.snapshot(), id)?.ok_or(Error::NotFound)?;
    if let Some(violation) = not_permitted(0, &stored.control, permits) {
        return Err(Error::Rejected(vec![violation]));
    }
    if stored.status == ControlStatus::Cancelled {
        return Ok(stored);
    }
    let now = change.received_at();
    // Its time may have run out since the last look; then it is expired and not withdrawn.
    let from = if stored.status.is_waiting() && stored.expires <= now {
        stored.status.after(ControlEvent::TimedOut).map_err(Error::Impossible)?
    } else {
        stored.status
    };
    let by = change.principal().id.clone();
    let step = Step { from, event: ControlEvent::Withdrawn, at: now, by: &by, reason };
    advance(change, id, step, None)?;
    find(&mut change.snapshot(), id)?.ok_or(Error::NotFound)
}

/// Why the caller may not issue or withdraw `control`, if so.
pub(super) fn not_permitted(
    item: u32,
    control: &metering_model::EndDeviceControl,
    permits: &[Permit],
) -> Option<Violation> {
    let kind = control.kind();
    if permits.iter().any(|permit| permit.kind() == kind) {
        return None;
    }
    let what =
        words::control_word(control.control_type).map_or_else(|| control.control_type.to_string(), str::to_owned);
    let detail = format!("your roles do not allow {what}; ask for a role that does");
    Some(Violation::new(item, "controlType", ViolationCode::NotPermitted, detail))
}

/// When the next control of the organisation becomes due or expires.
///
/// # Errors
/// When the store cannot be read.
pub fn next_due(snapshot: &mut Snapshot<'_>) -> Result<Option<TimeStamp>> {
    let organisation = snapshot.organisation().as_str().to_owned();
    let first: Option<Option<i64>> = controls::table
        .filter(controls::organisation_id.eq(organisation))
        .filter(controls::wake_at.is_not_null())
        .order(controls::wake_at.asc())
        .select(controls::wake_at)
        .first(snapshot.connection())
        .optional()?;
    first.flatten().map(super::instant).transpose()
}

/// Moves on what is due or has expired by the time of `change`; how many controls that were. Call
/// again as long as it is more than none.
///
/// # Errors
/// When the store cannot be written.
pub fn pass_time(change: &mut Change<'_>) -> Result<usize> {
    let organisation = change.organisation().as_str().to_owned();
    let now = change.received_at();
    let due: Vec<(String, String, i64)> = controls::table
        .filter(controls::organisation_id.eq(&organisation))
        .filter(controls::wake_at.le(now.micros()))
        .order((controls::wake_at.asc(), controls::id.asc()))
        .limit(AT_ONCE)
        .select((controls::id, controls::status, controls::expires_at))
        .load(change.connection())?;
    for (id, word, expires) in &due {
        let from = status(word)?;
        let (event, wake) =
            if *expires <= now.micros() { (ControlEvent::TimedOut, None) } else { (ControlEvent::Due, Some(*expires)) };
        advance(change, id, Step { from, event, at: now, by: SERVER, reason: None }, wake)?;
    }
    Ok(due.len())
}

/// When somebody has to look at a control that is in `status`.
pub(super) fn wake_at(status: ControlStatus, effective: Option<TimeStamp>, expires: TimeStamp) -> Option<i64> {
    match status {
        ControlStatus::Scheduled => Some(effective.map_or(expires, |effective| effective.min(expires)).micros()),
        status if status.is_waiting() => Some(expires.micros()),
        _ => None,
    }
}

/// What happened to a control, as its next step tells it.
struct Step<'a> {
    from: ControlStatus,
    event: ControlEvent,
    at: TimeStamp,
    by: &'a str,
    reason: Option<&'a str>,
}

/// The only way a stored status changes: the row, those of its devices that were in the same
/// state, and a step.
fn advance(change: &mut Change<'_>, id: &str, step: Step<'_>, wake: Option<i64>) -> Result<ControlStatus> {
    let Step { from, event, at, by, reason } = step;
    let to = from.after(event).map_err(Error::Impossible)?;
    let organisation = change.organisation().as_str().to_owned();
    let change_number = change.number();
    let connection = change.connection();
    let changed = diesel::update(
        controls::table
            .filter(controls::organisation_id.eq(&organisation))
            .filter(controls::id.eq(id))
            .filter(controls::status.eq(from.as_str())),
    )
    .set((controls::status.eq(to.as_str()), controls::wake_at.eq(wake)))
    .execute(connection)?;
    if changed == 0 {
        return Err(Error::failed(format!("the control {id} is no longer {from}")));
    }
    diesel::update(
        targets::table
            .filter(targets::organisation_id.eq(&organisation))
            .filter(targets::control_id.eq(id))
            .filter(targets::status.eq(from.as_str())),
    )
    .set(targets::status.eq(to.as_str()))
    .execute(connection)?;
    let steps_before: i64 = steps::table
        .filter(steps::organisation_id.eq(&organisation))
        .filter(steps::control_id.eq(id))
        .count()
        .get_result(connection)?;
    diesel::insert_into(steps::table)
        .values(NewStep {
            organisation_id: &organisation,
            control_id: id,
            step: steps_before,
            status: to.as_str(),
            entered_at: at.micros(),
            actor: by,
            reason,
            change_number,
        })
        .execute(connection)?;
    Ok(to)
}

#[derive(Insertable, Debug)]
#[diesel(table_name = steps, treat_none_as_default_value = false)]
pub(super) struct NewStep<'a> {
    pub(super) organisation_id: &'a str,
    pub(super) control_id: &'a str,
    pub(super) step: i64,
    pub(super) status: &'a str,
    pub(super) entered_at: i64,
    pub(super) actor: &'a str,
    pub(super) reason: Option<&'a str>,
    pub(super) change_number: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_scheduled_wakes_at_its_time_and_what_waits_at_its_expiry() {
        let at = |text: &str| text.parse::<TimeStamp>().unwrap();
        let (effective, expires) = (at("2026-11-24T10:00:00Z"), at("2026-11-24T11:00:00Z"));
        assert_eq!(wake_at(ControlStatus::Scheduled, Some(effective), expires), Some(effective.micros()));
        assert_eq!(wake_at(ControlStatus::Received, Some(effective), expires), Some(expires.micros()));
        assert_eq!(wake_at(ControlStatus::AwaitingRelease, None, expires), Some(expires.micros()));
        for status in [ControlStatus::Dispatched, ControlStatus::Completed, ControlStatus::Expired] {
            assert_eq!(wake_at(status, Some(effective), expires), None);
        }
    }
}
