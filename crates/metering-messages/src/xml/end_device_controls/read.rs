//! Controls in: what a control would mean something else without is kept, or the control is refused.

use metering_model::{
    ControlDuration, ControlMode, ControlTarget, ControlValue, Decimal, EndDeviceControl, EndDeviceControlType,
    EndDeviceControls, Scale, TimeStamp, ViolationCode,
};

use super::table::{
    Device, END_DEVICE_CONTROLS, EndDeviceControl as Element, NOUN, PanDemandResponse, PanPricing, Timing,
};
use crate::items::{bound, whole};
use crate::xml::elements::{DateTimeInterval, Named};
use crate::xml::item::Item;
use crate::xml::message::read_items;
use crate::xml::{Namespaces, Received};
use crate::{Limits, Malformed};

/// Reads a message `EndDeviceControls`.
///
/// # Errors
/// [`Malformed`] when the body is no XML or no such message. What is wrong with a control is among
/// the violations, and the other controls are read.
///
/// ```
/// use metering_messages::{Limits, xml};
///
/// let body = br#"<EndDeviceControls xmlns="http://iec.ch/TC57/2011/EndDeviceControls#"><EndDeviceControl>
///     <reason>Non-payment</reason><EndDeviceControlType ref="3.31.0.23"/>
///     <EndDevices><mRID>m-1</mRID></EndDevices>
/// </EndDeviceControl></EndDeviceControls>"#;
/// let received = xml::end_device_controls::read(body, &xml::Namespaces::default(), &Limits::default())?;
/// assert!(received.read.violations.is_empty());
/// assert_eq!(received.read.value.controls[0].1.control_type.to_string(), "3.31.0.23");
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(body: &[u8], namespaces: &Namespaces, limits: &Limits) -> Result<Received<EndDeviceControls>, Malformed> {
    let mut controls = Vec::new();
    read_items(body, NOUN, END_DEVICE_CONTROLS, namespaces, limits, |structure, item| {
        let before = item.violations.len();
        let element = structure.parse::<Element>(item.number, item.violations);
        if let Some(control) = element.and_then(|element| control(element, item)) {
            controls.push((item.number, control));
        }
        bound(item.violations, before);
    })
    .map(|received| received.with(|received| EndDeviceControls { controls, received }))
}

/// The control, if nothing is wrong with it.
fn control(element: Element, item: &mut Item<'_>) -> Option<EndDeviceControl> {
    let Element {
        mrid,
        issuer_tracking_id,
        price_signal,
        reason,
        demand_response,
        display,
        pricing,
        control_type,
        groups,
        devices,
        timing,
        secondary_timing,
        usage_point_groups,
        usage_points,
    } = element;
    for (there, element) in [
        (display.is_some(), "PanDisplay"),
        (secondary_timing.is_some(), "secondaryDeviceTiming"),
        (!usage_point_groups.is_empty(), "UsagePointGroups"),
    ] {
        refuse(there, element, item);
    }
    if demand_response.is_some() && pricing.is_some() {
        let detail = "`PanDemandResponse` and `PanPricing` in one control; one of them is meant";
        item.tell("PanPricing", ViolationCode::Contradiction, detail);
    }
    let control_type = control_type.and_then(|it| it.code);
    if control_type.is_none() {
        item.missing("controlTypeCode", "EndDeviceControlType` with its attribute `ref");
    }
    let control_type: Option<EndDeviceControlType> =
        item.parsed(control_type, "EndDeviceControlType", "controlTypeCode", ViolationCode::InvalidCode);
    let mrid = item.id(mrid, "mRID", "mRID");
    let target = target(devices, groups, usage_points, item);
    let mut when = When::default();
    when.timing(timing.unwrap_or_default(), item);
    let mut control = EndDeviceControl {
        mrid,
        target,
        reason,
        issuer_tracking_id,
        value: item.decimal(price_signal, "priceSignal", "controlValue").map(ControlValue::Number),
        ..EndDeviceControl::new(control_type.unwrap_or(EndDeviceControlType::new(0, 0, 0, 0)))
    };
    if let Some(it) = demand_response {
        percentages(it, &mut control, &mut when, item);
    }
    if let Some(it) = pricing {
        price(it, &mut control, &mut when, item);
    }
    control.effective = when.start;
    control.duration = when.duration(item);
    (control_type.is_some() && whole(item.number, item.violations)).then_some(control)
}

/// Tells that an element has no place here which cannot be left out.
fn refuse(there: bool, element: &'static str, item: &mut Item<'_>) {
    if there {
        let detail = format!("`{element}` has no place here, and without it the control would mean something else");
        item.tell(element, ViolationCode::UnknownField, detail);
    }
}

fn target(devices: Vec<Device>, groups: Vec<Named>, usage_points: Vec<Named>, item: &mut Item<'_>) -> ControlTarget {
    let mut ids = Vec::with_capacity(devices.len());
    for (at, Device { mrid, names }) in devices.into_iter().enumerate() {
        ids.extend(item.named(Named { mrid, names }, "EndDevices", &format!("deviceIds/{at}")));
    }
    for (several, field, element) in
        [(groups.len() > 1, "group", "EndDeviceGroups"), (usage_points.len() > 1, "usagePointId", "UsagePoints")]
    {
        if several {
            let detail = format!("one `{element}` at most; send a control for each");
            item.tell(field, ViolationCode::TooMany, detail);
        }
    }
    let group = groups.into_iter().next().and_then(|Named { mrid, names }| {
        let name = mrid.filter(|it| !it.is_empty());
        if name.is_some() && !names.is_empty() {
            item.tolerances.note_known(crate::xml::Tolerance::NotKept, "EndDeviceGroups", "Names", item.number);
        }
        let name = name.or_else(|| item.only_name(names, "EndDeviceGroups").filter(|it| !it.is_empty()));
        if name.is_none() {
            item.tell("group", ViolationCode::Missing, "`EndDeviceGroups` has neither an `mRID` nor a name");
        }
        name
    });
    let usage_point = usage_points.into_iter().next().and_then(|it| item.named(it, "UsagePoints", "usagePointId"));
    ControlTarget { devices: ids, usage_point, group }
}

/// When a control takes effect and for how long, which several elements can say.
#[derive(Default)]
struct When {
    start: Option<TimeStamp>,
    end: Option<TimeStamp>,
    /// In seconds.
    seconds: Option<u32>,
}

impl When {
    fn timing(&mut self, timing: Timing, item: &mut Item<'_>) {
        let Timing { duration, interval } = timing;
        let DateTimeInterval { end, start } = interval.unwrap_or_default();
        self.start = item.time(start, "start", "effectiveDateTime");
        self.end = item.time(end, "end", "duration");
        self.lasts(duration, item);
    }

    /// What a PAN element says besides.
    fn pan(&mut self, start: Option<String>, duration: Option<String>, item: &mut Item<'_>) {
        if let Some(start) = item.time(start, "startDateTime", "effectiveDateTime")
            && *self.start.get_or_insert(start) != start
        {
            let detail = "`startDateTime` and `primaryDeviceTiming/interval/start` differ";
            item.tell("effectiveDateTime", ViolationCode::Contradiction, detail);
        }
        self.lasts(duration, item);
    }

    /// Takes a number of minutes.
    fn lasts(&mut self, minutes: Option<String>, item: &mut Item<'_>) {
        let Some(minutes) = item.decimal(minutes, "duration", "duration") else { return };
        match seconds(minutes) {
            None => {
                let detail = format!("{minutes} minutes are no number of whole seconds");
                item.tell("duration", ViolationCode::InvalidDuration, detail);
            }
            Some(seconds) if self.seconds.is_some_and(|known| known != seconds) => contradiction(item),
            Some(seconds) => self.seconds = Some(seconds),
        }
    }

    /// How long the control is in effect: as told, or from its start to its end.
    fn duration(&self, item: &mut Item<'_>) -> Option<ControlDuration> {
        let mut seconds = self.seconds;
        if let Some(end) = self.end {
            let length = self.start.map(|start| end.micros() - start.micros());
            match length.filter(|it| it % 1_000_000 == 0).and_then(|it| u32::try_from(it / 1_000_000).ok()) {
                None => {
                    let detail = "an `end` needs a `start` before it, whole seconds apart";
                    item.tell("duration", ViolationCode::InvalidDuration, detail);
                }
                Some(length) if seconds.is_some_and(|known| known != length) => contradiction(item),
                Some(length) => seconds = Some(length),
            }
        }
        match ControlDuration::from_seconds(seconds?) {
            Ok(duration) => Some(duration),
            Err(error) => {
                item.tell("duration", ViolationCode::InvalidDuration, error.to_string());
                None
            }
        }
    }
}

fn contradiction(item: &mut Item<'_>) {
    item.tell("duration", ViolationCode::Contradiction, "two places say how long, and they differ");
}

/// Whole seconds in minutes, a thousandth of a second more or less: a third of a minute has no end
/// behind the point.
fn seconds(minutes: Decimal) -> Option<u32> {
    let one = 10i128.pow(minutes.scale().places().into());
    let scaled = i128::from(minutes.digits()) * 60;
    let whole = (scaled + one / 2).div_euclid(one);
    let rest = (scaled - whole * one).abs();
    (rest * 1_000 <= one).then(|| u32::try_from(whole).ok()).flatten()
}

/// What a control of loads says in percent.
fn percentages(pan: PanDemandResponse, control: &mut EndDeviceControl, when: &mut When, item: &mut Item<'_>) {
    let PanDemandResponse {
        load_adjustment,
        cancel_control_mode,
        cancel_date_time,
        cancel_now,
        cooling_offset,
        cooling_setpoint,
        duration,
        duty_cycle,
        enrollment_group,
        heating_offset,
        heating_setpoint,
        start,
        appliance,
    } = pan;
    for (there, element) in [
        (cancel_control_mode.is_some(), "cancelControlMode"),
        (cancel_date_time.is_some(), "cancelDateTime"),
        (cancel_now.is_some_and(|it| crate::xml::lexical::boolean(&it) != Some(false)), "cancelNow"),
        (cooling_offset.is_some(), "coolingOffset"),
        (cooling_setpoint.is_some(), "coolingSetpoint"),
        (enrollment_group.is_some(), "enrollmentGroup"),
        (heating_offset.is_some(), "heatingOffset"),
        (heating_setpoint.is_some(), "heatingSetpoint"),
        (appliance.is_some(), "appliance"),
    ] {
        refuse(there, element, item);
    }
    when.pan(start, duration, item);
    let adjustment = item.decimal(load_adjustment, "avgLoadAdjustment", "controlValue");
    let duty_cycle = item.decimal(duty_cycle, "dutyCycle", "controlValue");
    let (value, mode) = match (adjustment, duty_cycle) {
        (None, None) => return,
        (Some(adjustment), None) if adjustment.digits() <= 0 => {
            (Decimal::new(-adjustment.digits(), adjustment.scale()).unwrap_or(adjustment), ControlMode::ReduceBy)
        }
        (Some(_), None) => {
            let detail = "`avgLoadAdjustment` above 0 asks for more load, for which there is no control here";
            item.tell("controlValue", ViolationCode::OutOfRange, detail);
            return;
        }
        (None, Some(share)) => (share, ControlMode::DutyCycle),
        (Some(_), Some(_)) => {
            let detail = "`avgLoadAdjustment` and `dutyCycle` in one control; one of them is meant";
            item.tell("controlValue", ViolationCode::Contradiction, detail);
            return;
        }
    };
    set_value(control, value, item);
    control.unit = Some("%".to_owned());
    control.mode = mode;
}

fn price(pan: PanPricing, control: &mut EndDeviceControl, when: &mut When, item: &mut Item<'_>) {
    let PanPricing { duration, start, details } = pan;
    when.pan(start, duration, item);
    if details.len() > 1 {
        item.tell("controlValue", ViolationCode::TooMany, "one `PanPricingDetails` at most; send a control for each");
    }
    let price = details.into_iter().next().and_then(|it| it.price);
    if let Some(price) = item.decimal(price, "price", "controlValue") {
        set_value(control, price, item);
    }
}

fn set_value(control: &mut EndDeviceControl, value: Decimal, item: &mut Item<'_>) {
    if control.value.as_ref().is_some_and(|known| known.number() != Some(value)) {
        item.tell("controlValue", ViolationCode::Contradiction, "two places give a value, and they differ");
    }
    control.value = Some(ControlValue::Number(value));
}

/// The minutes of a number of seconds, exactly where that is possible, else to nine places.
pub(super) fn minutes(duration: ControlDuration) -> Decimal {
    let seconds = i64::from(duration.seconds());
    if seconds % 60 == 0 {
        return Decimal::new(seconds / 60, Scale::S0).unwrap_or(Decimal::ZERO);
    }
    if seconds % 3 == 0 {
        return Decimal::new(seconds / 3 * 5, Scale::S2).unwrap_or(Decimal::ZERO);
    }
    Decimal::new((seconds * 1_000_000_000 + 30) / 60, Scale::S9).unwrap_or(Decimal::ZERO)
}
