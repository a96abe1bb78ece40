//! What configured objects refer to: the usage points of installations, the devices of modules.

use std::collections::HashMap;

use metering_model::{Configuration, ConfigurationKind, Violation, ViolationCode};

use crate::change::Change;
use crate::error::Result;

use super::objects::find_or_make;

/// Finds what each of `items` refers to, or makes it provisional: per item the internal ids of its
/// installations' usage points, or `None` where a reference leads nowhere, which is a violation.
///
/// `kept` are usage points that were found when the object was stored before: what a name meant then
/// it goes on to mean there, whoever has the name by now.
pub(super) fn resolve(
    change: &mut Change<'_>,
    items: &[(u32, &Configuration)],
    kept: &HashMap<String, i64>,
    violations: &mut Vec<Violation>,
) -> Result<Vec<Option<Vec<i64>>>> {
    let kept = |kind, id: &str| kept.get(id).filter(|_| kind == ConfigurationKind::UsagePoint).copied();
    let mut wanted: Vec<(ConfigurationKind, &str)> = Vec::new();
    for (_, configuration) in items {
        let all = references(configuration).map(|(_, kind, id)| (kind, id));
        wanted.extend(all.filter(|(kind, id)| kept(*kind, id).is_none()));
    }
    let mut meant = find_or_make(change, &wanted)?.into_iter();
    let mut resolved = Vec::with_capacity(items.len());
    for (item, configuration) in items {
        let mut ids = Some(Vec::new());
        for (field, kind, id) in references(configuration) {
            if let Some(id) = kept(kind, id) {
                ids.iter_mut().for_each(|ids| ids.push(id));
                continue;
            }
            // Exactly as many were asked for, in this order.
            let Some(meant) = meant.next() else { break };
            match meant {
                Ok(found) if kind == ConfigurationKind::UsagePoint => {
                    if let Some(ids) = &mut ids {
                        ids.push(found.id);
                    }
                }
                Ok(_) => {}
                Err(why) => {
                    let code = match why.code {
                        ViolationCode::NotConfigured => ViolationCode::UnknownReference,
                        other => other,
                    };
                    violations.push(Violation::new(*item, field, code, why.detail));
                    ids = None;
                }
            }
        }
        resolved.push(ids);
    }
    Ok(resolved)
}

/// Field, kind and id of all that `configuration` refers to.
fn references(configuration: &Configuration) -> impl Iterator<Item = (String, ConfigurationKind, &str)> {
    let usage_points = configuration.installations().iter().enumerate().map(|(place, it)| {
        (format!("installations/{place}/usagePointId"), ConfigurationKind::UsagePoint, it.usage_point.as_str())
    });
    let devices = match configuration {
        Configuration::ComModule(module) => module.device_ids.as_slice(),
        _ => &[],
    };
    let devices = devices
        .iter()
        .enumerate()
        .map(|(place, it)| (format!("deviceIds/{place}"), ConfigurationKind::EndDevice, it.as_str()));
    usage_points.chain(devices)
}
