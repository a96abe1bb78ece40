//! Controls out: the standard's message, and ours with everything there is.

use metering_model::{
    ControlKind, ControlMode, ControlTarget, ControlValue, Decimal, EndDeviceControl, EndDeviceControls, Priority,
    RecordedControl,
};

use super::read::minutes;
use super::table::{Device, EndDeviceControl as Element, NOUN, PanDemandResponse, Timing};
use crate::xml::elements::{DateTimeInterval, Name, Named, Reference};
use crate::xml::message::{carried, write_items};
use crate::xml::{Namespaces, Omitted};

/// Appends a message of controls as they were asked for.
pub fn write(message: &EndDeviceControls, namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
    let mut omitted = Omitted::default();
    let elements = message.controls.iter().map(|(_, control)| element(control, &mut omitted));
    write_items(NOUN, elements, namespaces, out);
    omitted
}

/// Appends a message of controls as they are stored: each has its id as mRID. What became of them
/// is left out.
pub fn write_recorded(controls: &[RecordedControl], namespaces: &Namespaces, out: &mut Vec<u8>) -> Omitted {
    let mut omitted = Omitted::default();
    for field in ["expiresAt", "receivedAt", "status", "steps", "verification"] {
        omitted.note(field, !controls.is_empty());
    }
    omitted.note("results", controls.iter().any(|it| !it.results.is_empty()));
    let elements = controls.iter().map(|recorded| {
        let mut element = element(&recorded.control, &mut omitted);
        element.mrid = carried(Some(recorded.id.as_str()), "id", &mut omitted);
        element
    });
    write_items(NOUN, elements.collect::<Vec<_>>(), namespaces, out);
    omitted
}

/// The control as the schema has it.
fn element(control: &EndDeviceControl, omitted: &mut Omitted) -> Element {
    let EndDeviceControl {
        mrid,
        target: ControlTarget { devices, usage_point, group },
        control_type,
        value,
        unit,
        mode,
        effective,
        expires,
        duration,
        reason,
        reason_code,
        priority,
        issuer_tracking_id,
    } = control;
    omitted.note("expiresAt", expires.is_some());
    omitted.note("reasonCode", reason_code.is_some());
    omitted.note("priority", *priority != Priority::default());
    let number = value.as_ref().and_then(ControlValue::number);
    let percent = unit.as_deref() == Some("%");
    let (mut price_signal, mut demand_response) = (None, None);
    match (number, mode) {
        (Some(share), ControlMode::DutyCycle) if percent => {
            demand_response = Some(PanDemandResponse { duty_cycle: Some(share.to_string()), ..Default::default() });
        }
        (Some(less), ControlMode::ReduceBy) if percent && less.digits() >= 0 => {
            let adjustment = Decimal::new(-less.digits(), less.scale()).unwrap_or(less);
            demand_response =
                Some(PanDemandResponse { load_adjustment: Some(adjustment.to_string()), ..Default::default() });
        }
        (number, mode) => {
            let price = number.filter(|_| control.kind() == ControlKind::Price);
            price_signal = price.map(|it| it.to_string());
            omitted.note("controlValue", value.is_some() && price.is_none());
            omitted.note("controlUnit", unit.is_some());
            omitted.note("mode", *mode != ControlMode::default());
        }
    }
    let named =
        |id: &str, field, omitted: &mut Omitted| Named { mrid: carried(Some(id), field, omitted), names: Vec::new() };
    let interval = effective.map(|start| DateTimeInterval { end: None, start: Some(start.to_string()) });
    let timing = (interval.is_some() || duration.is_some())
        .then(|| Timing { duration: duration.map(|it| minutes(it).to_string()), interval });
    Element {
        mrid: carried(mrid.as_ref().map(|it| it.as_str()), "mRID", omitted),
        issuer_tracking_id: carried(issuer_tracking_id.as_deref(), "issuerTrackingID", omitted),
        price_signal,
        reason: carried(reason.as_deref(), "reason", omitted),
        demand_response,
        display: None,
        pricing: None,
        control_type: Some(Reference { code: Some(control_type.to_string()) }),
        groups: group
            .iter()
            .map(|it| Named {
                mrid: None,
                names: vec![Name { name: carried(Some(it), "group", omitted), name_type: None }],
            })
            .collect(),
        devices: devices
            .iter()
            .map(|it| Device { mrid: carried(Some(it.as_str()), "deviceIds", omitted), names: Vec::new() })
            .collect(),
        timing,
        secondary_timing: None,
        usage_point_groups: Vec::new(),
        usage_points: usage_point.iter().map(|it| named(it.as_str(), "usagePointId", omitted)).collect(),
    }
}
