//! Which controls of a message are stored already, and which might be replays.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use metering_model::{ControlKind, ControlStatus, TimeStamp, ViolationCode};

use crate::change::Change;
use crate::connection::AnyConnection;
use crate::error::Result;
use crate::schema::{end_device_control_steps as steps, end_device_controls as controls};

use super::Wanted;
use crate::end_device_controls::{PER_STATEMENT, status};

const SECONDS_PER_DAY: i64 = 24 * 3600;

/// What becomes of a control.
pub(super) enum Fate {
    New,
    /// The one with this id is the same.
    Unchanged(String),
    Rejected(ViolationCode, String),
}

/// A stored control that one of the message might be equal to.
#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = controls)]
struct Alike {
    id: String,
    received_at: i64,
    change_number: i64,
    place: i64,
    status: String,
    expires_at: i64,
    identity: Vec<u8>,
    key_identity: Option<Vec<u8>>,
}

impl Alike {
    /// Whether it can still be carried out, or is being carried out.
    fn is_open(&self, now: TimeStamp) -> Result<bool> {
        let status = status(&self.status)?;
        // Time may have run out since somebody looked last.
        Ok(status.is_open() && !(status.is_waiting() && self.expires_at <= now.micros()))
    }
}

/// What is stored, as far as the message might repeat it.
pub(super) struct Known {
    /// Identity by id.
    by_id: HashMap<String, Vec<u8>>,
    /// Ids, by the identity of key and place together with that of the fields.
    by_key: HashMap<(Vec<u8>, Vec<u8>), String>,
    /// Open ones.
    open: HashMap<Vec<u8>, String>,
    /// Expired ones; what arrives too late a second time is the one that did so before.
    expired: HashMap<Vec<u8>, String>,
    /// Switching that was dispatched or cancelled not long ago.
    recent: HashMap<Vec<u8>, String>,
    replay_days: u32,
}

impl Known {
    pub(super) fn load(change: &mut Change<'_>, wanted: &[Wanted<'_>]) -> Result<Self> {
        let now = change.received_at();
        let organisation = change.organisation().as_str().to_owned();
        let replay_days = change.settings().replay_days;
        let mut known = Self {
            by_id: HashMap::new(),
            by_key: HashMap::new(),
            open: HashMap::new(),
            expired: HashMap::new(),
            recent: HashMap::new(),
            replay_days,
        };
        let connection = change.connection();
        let mut closed: HashMap<String, Vec<u8>> = HashMap::new();
        for row in alike(connection, &organisation, wanted)? {
            if row.is_open(now)? {
                known.open.entry(row.identity.clone()).or_insert_with(|| row.id.clone());
            } else {
                if status(&row.status)? == ControlStatus::Expired {
                    known.expired.entry(row.identity.clone()).or_insert_with(|| row.id.clone());
                }
                closed.insert(row.id.clone(), row.identity.clone());
            }
            if let Some(key) = row.key_identity {
                known.by_key.insert((key, row.identity.clone()), row.id.clone());
            }
            known.by_id.insert(row.id, row.identity);
        }
        let since = now.plus_seconds(-i64::from(replay_days) * SECONDS_PER_DAY);
        let switching: HashSet<&[u8]> = wanted
            .iter()
            .filter(|it| it.control.kind() == ControlKind::Switching)
            .map(|it| it.identity.as_slice())
            .collect();
        closed.retain(|_, identity| switching.contains(identity.as_slice()));
        let ids: Vec<&str> = closed.keys().map(String::as_str).collect();
        for id in acted_on(connection, &organisation, &ids, since)? {
            if let Some(identity) = closed.get(&id) {
                known.recent.insert(identity.clone(), id);
            }
        }
        Ok(known)
    }

    pub(super) fn fate(&self, wanted: &Wanted<'_>) -> Fate {
        if let Some(mrid) = &wanted.control.mrid {
            return match self.by_id.get(mrid.as_str()) {
                None => Fate::New,
                Some(identity) if *identity == wanted.identity => Fate::Unchanged(mrid.to_string()),
                Some(_) => Fate::Rejected(
                    ViolationCode::Exists,
                    format!("the control `{mrid}` is there with other content; another control needs another mRID"),
                ),
            };
        }
        if let Some(key) = &wanted.key_identity {
            let same = self.by_key.get(&(key.clone(), wanted.identity.clone()));
            return same.map_or(Fate::New, |id| Fate::Unchanged(id.clone()));
        }
        if let Some(id) = self.open.get(&wanted.identity) {
            return Fate::Unchanged(id.clone());
        }
        if let Some(id) = self.expired.get(&wanted.identity).filter(|_| wanted.arrives_too_late()) {
            return Fate::Unchanged(id.clone());
        }
        match self.recent.get(&wanted.identity) {
            Some(id) => Fate::Rejected(
                ViolationCode::PossibleReplay,
                format!(
                    "the control `{id}` asked for the same and was sent or cancelled in the last {} days; if it is \
                     meant to happen again, send it with a new Idempotency-Key or mRID",
                    self.replay_days
                ),
            ),
            None => Fate::New,
        }
    }

    /// What is stored now can be repeated by a later item.
    pub(super) fn add(&mut self, wanted: &Wanted<'_>) {
        if let Some(key) = &wanted.key_identity {
            self.by_key.insert((key.clone(), wanted.identity.clone()), wanted.id.clone());
        }
        let same = if wanted.arrives_too_late() { &mut self.expired } else { &mut self.open };
        same.entry(wanted.identity.clone()).or_insert_with(|| wanted.id.clone());
        self.by_id.insert(wanted.id.clone(), wanted.identity.clone());
    }
}

/// The stored controls with an id, a key or fields that one of `wanted` has.
fn alike(connection: &mut AnyConnection, organisation: &str, wanted: &[Wanted<'_>]) -> Result<Vec<Alike>> {
    let open: Vec<&'static str> =
        ControlStatus::ALL.iter().filter(|status| status.is_open()).map(|status| status.as_str()).collect();
    let mut found = Vec::new();
    for some in wanted.chunks(PER_STATEMENT) {
        let ids: Vec<&str> = some.iter().filter_map(|it| it.control.mrid.as_ref()).map(|it| it.as_str()).collect();
        let keys: Vec<Option<&[u8]>> = some.iter().filter_map(|it| it.key_identity.as_deref()).map(Some).collect();
        let by_fields = || some.iter().filter(|it| it.control.mrid.is_none() && it.key_identity.is_none());
        let identities: Vec<&[u8]> = by_fields().map(|it| it.identity.as_slice()).collect();
        let too_late: Vec<&[u8]> =
            by_fields().filter(|it| it.arrives_too_late()).map(|it| it.identity.as_slice()).collect();
        let of_organisation = controls::table.filter(controls::organisation_id.eq(organisation));
        if !ids.is_empty() {
            found.extend(of_organisation.filter(controls::id.eq_any(ids)).select(Alike::as_select()).load(connection)?);
        }
        if !keys.is_empty() {
            found.extend(
                of_organisation
                    .filter(controls::key_identity.eq_any(keys))
                    .select(Alike::as_select())
                    .load(connection)?,
            );
        }
        if !identities.is_empty() {
            found.extend(
                of_organisation
                    .filter(controls::identity.eq_any(identities))
                    // Of what has ended only switching matters still, and there may be years of the rest.
                    .filter(controls::status.eq_any(&open).or(controls::kind.eq(ControlKind::Switching.as_str())))
                    .select(Alike::as_select())
                    .load(connection)?,
            );
        }
        if !too_late.is_empty() {
            found.extend(
                of_organisation
                    .filter(controls::identity.eq_any(too_late))
                    .filter(controls::status.eq(ControlStatus::Expired.as_str()))
                    .filter(controls::kind.ne(ControlKind::Switching.as_str()))
                    .select(Alike::as_select())
                    .load(connection)?,
            );
        }
    }
    // Oldest first. Sorted here: asked for in this order, SQLite would go through all controls in it
    // instead of looking the few up.
    found.sort_by_key(|it: &Alike| (it.received_at, it.change_number, it.place));
    Ok(found)
}

/// Which of these controls were dispatched or cancelled at `since` or after.
fn acted_on(connection: &mut AnyConnection, organisation: &str, ids: &[&str], since: TimeStamp) -> Result<Vec<String>> {
    // A report of the device may come before anybody says that the control was sent.
    let acts = [
        ControlStatus::Dispatched,
        ControlStatus::Acknowledged,
        ControlStatus::Completed,
        ControlStatus::Failed,
        ControlStatus::Unknown,
        ControlStatus::Cancelled,
    ]
    .map(ControlStatus::as_str);
    let mut found = Vec::new();
    for some in ids.chunks(PER_STATEMENT) {
        found.extend(
            steps::table
                .filter(steps::organisation_id.eq(organisation))
                .filter(steps::control_id.eq_any(some.iter().copied()))
                .filter(steps::status.eq_any(acts))
                .filter(steps::entered_at.ge(since.micros()))
                .order(steps::entered_at.asc())
                .select(steps::control_id)
                .load::<String>(connection)?,
        );
    }
    Ok(found)
}
