//! Whom the controls of a message are for.

use std::collections::{HashMap, HashSet};

use metering_model::{EndDeviceControl, Violation, ViolationCode};

use crate::change::Change;
use crate::configuration::{Meant, OwnerKind, devices, find_owners, in_use, installed};
use crate::error::Result;

use super::Wanted;

/// What the ids that controls are for mean, looked up once for the whole message.
pub(super) struct Addressees {
    devices: HashMap<String, Meant>,
    /// The devices installed at a usage point; nothing for one that is not known.
    usage_points: HashMap<String, Option<Vec<i64>>>,
}

impl Addressees {
    pub(super) fn load<'a>(change: &mut Change<'_>, wanted: impl Iterator<Item = &'a Wanted<'a>>) -> Result<Self> {
        let mut ids: Vec<&str> = Vec::new();
        let mut usage_points: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for target in wanted.map(|it| &it.control.target) {
            // One that cannot be met must not leave provisional devices behind.
            if target.group.is_none() {
                ids.extend(target.devices.iter().map(|it| it.as_str()).filter(|it| seen.insert(*it)));
            }
            usage_points.extend(target.usage_point.iter().map(|it| it.as_str()));
        }
        let found = devices(change, &ids)?;
        let devices = ids.into_iter().map(str::to_owned).zip(found).collect();
        let mut at = HashMap::new();
        for usage_point in usage_points {
            if !at.contains_key(usage_point) {
                at.insert(usage_point.to_owned(), installed_now(change, usage_point)?);
            }
        }
        Ok(Self { devices, usage_points: at })
    }

    /// The devices that `control` is for, each once; else why it cannot be sent to anybody.
    pub(super) fn of(&self, item: u32, control: &EndDeviceControl) -> std::result::Result<Vec<i64>, Vec<Violation>> {
        let mut all = Vec::with_capacity(control.target.devices.len());
        let mut seen = HashSet::new();
        let mut violations = Vec::new();
        if let Some(group) = &control.target.group {
            let detail = format!("no group is called `{group}`");
            violations.push(Violation::new(item, "group", ViolationCode::UnknownTarget, detail));
        }
        let field = if control.target.devices.len() == 1 { "deviceId" } else { "deviceIds" };
        for device in &control.target.devices {
            match self.devices.get(device.as_str()) {
                Some(Ok(found)) if found.retired => {
                    let detail = format!("`{device}` is retired; nothing is sent to it");
                    violations.push(Violation::new(item, field, ViolationCode::UnknownTarget, detail));
                }
                Some(Ok(found)) => all.extend(seen.insert(found.id).then_some(found.id)),
                Some(Err(why)) => violations.push(Violation::new(item, field, why.code, why.detail.clone())),
                // Not looked up, because the group is wrong already.
                None => {}
            }
        }
        if let Some(usage_point) = &control.target.usage_point {
            let mut unknown =
                |detail| violations.push(Violation::new(item, "usagePointId", ViolationCode::UnknownTarget, detail));
            match self.usage_points.get(usage_point.as_str()) {
                Some(Some(installed)) if !installed.is_empty() => {
                    all.extend(installed.iter().copied().filter(|device| seen.insert(*device)));
                }
                Some(Some(_)) => unknown(format!("no meter is installed at `{usage_point}` now")),
                Some(None) | None => unknown(format!("no usage point has the mRID or name `{usage_point}`")),
            }
        }
        if violations.is_empty() { Ok(all) } else { Err(violations) }
    }
}

/// The devices at a usage point when the control arrives; `None` where no such point is known.
fn installed_now(change: &mut Change<'_>, usage_point: &str) -> Result<Option<Vec<i64>>> {
    let now = change.received_at();
    let mut snapshot = change.snapshot();
    let points: Vec<i64> =
        find_owners(&mut snapshot, OwnerKind::UsagePoint, &[usage_point])?.into_iter().map(|(id, _)| id).collect();
    if points.is_empty() {
        return Ok(None);
    }
    let there = installed(&mut snapshot, &points)?
        .into_iter()
        .filter(|(_, from, to)| from.is_none_or(|from| from <= now) && to.is_none_or(|to| now < to))
        .map(|(device, _, _)| device);
    let there: Vec<i64> = there.collect();
    // A retired meter whose installation nobody closed is not what is meant.
    let in_use = in_use(&mut snapshot, &there)?;
    Ok(Some(there.into_iter().filter(|device| in_use.contains(device)).collect()))
}
