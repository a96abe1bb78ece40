//! The rules of controls.

use metering_model::{
    ControlKind, ControlStatus, EndDeviceControl, EndDeviceControlType, EndDeviceControls, TimeStamp, Violation,
    ViolationCode,
};
use validator::Validate;

use crate::{Facts, Rules, Valid, by_item, shape};

mod value;

/// How far ahead a control may take effect or expire, in seconds: 366 days.
const FARTHEST: i64 = 366 * 24 * 3600;

/// When a control can be sent, and the state it begins in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// From when it is not sent any more.
    pub expires: TimeStamp,
    /// `received`, `scheduled`, or `expired` where its time has passed already.
    pub status: ControlStatus,
}

/// When `control`, received at `now`, can be sent.
///
/// Without `expiresAt` it expires some hours after its effective time, else after its arrival;
/// switching sooner than others. Its time has passed when the expiry lies behind, or when it was
/// to take effect too long ago and nothing says that it is still wanted.
///
/// ```
/// use metering_model::{ControlStatus, EndDeviceControl, EndDeviceControlType};
/// use metering_validation::{Rules, end_device_controls::timing};
///
/// let now = "2026-11-24T10:00:00Z".parse().unwrap();
/// let disconnect = EndDeviceControl::new(EndDeviceControlType::REMOTE_DISCONNECT);
/// let timing = timing(&disconnect, now, &Rules::default());
/// assert_eq!(timing.expires.to_string(), "2026-11-24T14:00:00Z");
/// assert_eq!(timing.status, ControlStatus::Received);
/// ```
#[must_use]
pub fn timing(control: &EndDeviceControl, now: TimeStamp, rules: &Rules) -> Timing {
    let after = match control.kind() {
        ControlKind::Switching => rules.switching_expires_after,
        _ => rules.expires_after,
    };
    let expires = control.expires.unwrap_or_else(|| control.effective.unwrap_or(now).plus_seconds(after.into()));
    let too_long_ago = control.expires.is_none()
        && control.effective.is_some_and(|effective| effective < now.plus_seconds(-i64::from(rules.effect_passed)));
    let status = if expires <= now || too_long_ago {
        ControlStatus::Expired
    } else if control.effective.is_some_and(|effective| effective > now) {
        ControlStatus::Scheduled
    } else {
        ControlStatus::Received
    };
    Timing { expires, status }
}

/// Takes the controls that break a rule out of `message`, and says which rules, in the order of the
/// items.
///
/// A control whose time has passed is no violation: it is stored as expired, with a warning.
pub fn check(
    mut message: EndDeviceControls,
    facts: &Facts,
    violations: &mut Vec<Violation>,
    warnings: &mut Vec<Violation>,
) -> Valid<EndDeviceControls> {
    message.controls.retain(|(item, control)| {
        let found = violations.len();
        shape::check(*item, &Shape::of(control), violations);
        target(*item, control, violations);
        reason(*item, control, violations);
        value::check(*item, control, violations);
        times(*item, control, facts.now, violations);
        let good = violations.len() == found;
        if good {
            advise(*item, control, facts, warnings);
        }
        good
    });
    by_item(violations);
    Valid(message)
}

/// What `validator` looks at: texts and counts.
#[derive(Validate)]
struct Shape<'a> {
    // How many there are; a rule over the list itself would copy it into the error.
    #[validate(range(max = 10_000, code = "too-many"))]
    device_ids: usize,
    #[validate(length(min = 1, max = 255), custom(function = "shape::line"))]
    group: Option<&'a str>,
    #[validate(length(min = 1, max = 64), custom(function = "shape::line"))]
    control_unit: Option<&'a str>,
    #[validate(length(min = 1, max = 255), custom(function = "shape::line"))]
    control_value: Option<&'a str>,
    #[validate(length(max = 1024), custom(function = "shape::line"))]
    reason: Option<&'a str>,
    #[validate(length(min = 1, max = 255), custom(function = "shape::line"))]
    reason_code: Option<&'a str>,
    #[validate(length(max = 255), custom(function = "shape::line"))]
    issuer_tracking_id: Option<&'a str>,
}

impl<'a> Shape<'a> {
    fn of(control: &'a EndDeviceControl) -> Self {
        Self {
            device_ids: control.target.devices.len(),
            group: control.target.group.as_deref(),
            control_unit: control.unit.as_deref(),
            control_value: control.value.as_ref().and_then(value::text),
            reason: control.reason.as_deref(),
            reason_code: control.reason_code.as_deref(),
            issuer_tracking_id: control.issuer_tracking_id.as_deref(),
        }
    }
}

fn target(item: u32, control: &EndDeviceControl, violations: &mut Vec<Violation>) {
    let target = &control.target;
    if target.devices.is_empty() && target.usage_point.is_none() && target.group.is_none() {
        let detail = "a control is for somebody: give deviceId, deviceIds, usagePointId or group";
        violations.push(Violation::new(item, "", ViolationCode::NoTarget, detail));
    }
    let mut sorted: Vec<_> = target.devices.iter().collect();
    sorted.sort_unstable();
    let mut twice: Vec<_> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    twice.dedup();
    // A list of one device ten thousand times is one mistake and not ten thousand.
    if let Some(first) = twice.first() {
        let detail = match twice.len() {
            1 => format!("`{first}` is named twice; once is enough"),
            count => format!("`{first}` and {} others are named twice; once is enough", count - 1),
        };
        violations.push(Violation::new(item, "deviceIds", ViolationCode::DuplicateEntry, detail));
    }
}

/// Who takes electricity from somebody or gives it back says why.
fn reason(item: u32, control: &EndDeviceControl, violations: &mut Vec<Violation>) {
    if control.kind() == ControlKind::Switching && control.reason.as_deref().is_none_or(str::is_empty) {
        let detail = "disconnecting and reconnecting need a reason in words";
        violations.push(Violation::new(item, "reason", ViolationCode::ReasonMissing, detail));
    }
}

fn times(item: u32, control: &EndDeviceControl, now: TimeStamp, violations: &mut Vec<Violation>) {
    for (field, time) in [("effectiveDateTime", control.effective), ("expiresAt", control.expires)] {
        let Some(time) = time else { continue };
        if time > now.plus_seconds(FARTHEST) {
            let detail = format!("{time} is more than 366 days ahead");
            violations.push(Violation::new(item, field, ViolationCode::OutOfRange, detail));
        }
    }
    if let (Some(effective), Some(expires)) = (control.effective, control.expires)
        && expires <= effective
    {
        let detail =
            format!("it would expire at {expires} and take effect at {effective}; it expires after its effect");
        violations.push(Violation::new(item, "expiresAt", ViolationCode::ExpiresBeforeEffect, detail));
    }
}

fn advise(item: u32, control: &EndDeviceControl, facts: &Facts, warnings: &mut Vec<Violation>) {
    if !is_listed(control.control_type) {
        let detail = format!("{} is kept as sent; this server has no word for it", control.control_type);
        warnings.push(Violation::new(item, "controlTypeCode", ViolationCode::UnlistedCode, detail));
    }
    let timing = timing(control, facts.now, &facts.rules);
    if timing.status == ControlStatus::Expired {
        let (field, detail) = match (control.effective, control.expires) {
            (_, Some(expires)) => ("expiresAt", format!("it expired at {expires}; stored as expired, never sent")),
            (Some(effective), None) => (
                "effectiveDateTime",
                format!(
                    "it was to take effect at {effective}, which has passed; stored as expired, never sent \
                     (a later expiresAt would keep it alive)"
                ),
            ),
            (None, None) => ("", "its time has passed; stored as expired, never sent".to_owned()),
        };
        warnings.push(Violation::new(item, field, ViolationCode::EffectiveTimePassed, detail));
    }
}

/// Whether the tables have the code, whatever type of device it begins with.
fn is_listed(code: EndDeviceControlType) -> bool {
    metering_model::words::control_word(code).is_some()
}

#[cfg(test)]
mod tests;
