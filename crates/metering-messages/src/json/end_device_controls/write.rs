//! Recorded controls, with what was asked for as it was sent.

use metering_model::{
    ControlKind, ControlMode, ControlStep, ControlTarget, ControlValue, DeviceResult, EndDeviceControl,
    RecordedControl, words,
};

use crate::json::members::{Members, list, page};
use crate::json::text;

/// Appends one control as an object.
pub fn write_item(recorded: &RecordedControl, out: &mut Vec<u8>) {
    let RecordedControl { id, control, received_at, expires, status, steps, verification, results } = recorded;
    let EndDeviceControl {
        mrid,
        target: ControlTarget { devices, usage_point, group },
        control_type,
        value,
        unit,
        mode,
        effective,
        // What was asked for is in `expires`, together with what follows where nothing was asked for.
        expires: _,
        duration,
        reason,
        reason_code,
        priority,
        issuer_tracking_id,
    } = control;
    let mut to = Members::begin(out);
    to.text("id", id.as_str());
    to.text("mRID", mrid.as_ref().map(|it| it.as_str()));
    match devices.as_slice() {
        [] => {}
        [device] => to.text("deviceId", device.as_str()),
        several => list(several, to.name("deviceIds"), |device, out| text::string(device.as_str(), out)),
    }
    to.text("usagePointId", usage_point.as_ref().map(|it| it.as_str()));
    to.text("group", group.as_deref());
    to.text("controlType", words::control_word(*control_type));
    to.shown("controlTypeCode", Some(control_type));
    match value {
        None => {}
        // A value stays what it came as.
        Some(ControlValue::Text(value)) => to.text("controlValue", value.as_str()),
        Some(ControlValue::Number(value)) => text::decimal(*value, to.name("controlValue")),
    }
    to.text("controlUnit", unit.as_deref());
    // A mode says something about a load only.
    if control.kind() == ControlKind::LoadControl || *mode != ControlMode::default() {
        to.text("mode", words::control_mode_word(*mode));
    }
    to.time("effectiveDateTime", *effective);
    to.time("expiresAt", *expires);
    to.shown("duration", duration.as_ref());
    to.text("reason", reason.as_deref());
    to.text("reasonCode", reason_code.as_deref());
    to.text("priority", words::priority_word(*priority));
    to.text("issuerTrackingID", issuer_tracking_id.as_deref());
    to.time("receivedAt", *received_at);
    to.text("status", status.as_str());
    list(steps, to.name("steps"), write_step);
    to.text("verification", words::verification_word(*verification));
    if !results.is_empty() {
        list(results, to.name("results"), write_result);
    }
    to.end();
}

fn write_step(step: &ControlStep, out: &mut Vec<u8>) {
    let ControlStep { status, at, by, reason } = step;
    let mut to = Members::begin(out);
    to.text("status", status.as_str());
    to.time("at", *at);
    to.text("by", by.as_str());
    to.text("reason", reason.as_deref());
    to.end();
}

fn write_result(result: &DeviceResult, out: &mut Vec<u8>) {
    let DeviceResult { device, status } = result;
    let mut to = Members::begin(out);
    to.text("deviceId", device.as_str());
    to.text("status", status.as_str());
    to.end();
}

/// Appends `{"controls":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(controls: &[RecordedControl], next: Option<&str>, out: &mut Vec<u8>) {
    page("controls", controls, next, write_item, out);
}

#[cfg(test)]
mod tests {
    use metering_model::{ControlStatus, EndDeviceControlType, Verification};

    use super::*;
    use crate::json::schema::tests::is_one_of;

    fn recorded() -> RecordedControl {
        let mut control = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
        control.target.devices.push("meter \"7\"".parse().unwrap());
        control.value = Some(ControlValue::Text("50".into()));
        control.unit = Some("kW".into());
        RecordedControl {
            id: "c-1".parse().unwrap(),
            control,
            received_at: "2026-11-24T10:00:00.5Z".parse().unwrap(),
            expires: "2026-11-25T10:00:00.5Z".parse().unwrap(),
            status: ControlStatus::Received,
            steps: vec![ControlStep {
                status: ControlStatus::Received,
                at: "2026-11-24T10:00:00.5Z".parse().unwrap(),
                by: "key-1".into(),
                reason: None,
            }],
            verification: Verification::None,
            results: vec![],
        }
    }

    fn text(recorded: &RecordedControl) -> String {
        let mut out = Vec::new();
        write_item(recorded, &mut out);
        let text = String::from_utf8(out).unwrap();
        is_one_of(&["RecordedControl"], &text);
        text
    }

    #[test]
    fn a_control_comes_back_whole() {
        assert_eq!(
            text(&recorded()),
            "{\"id\":\"c-1\",\"deviceId\":\"meter \\\"7\\\"\",\"controlType\":\"loadControlSignal\",\
             \"controlTypeCode\":\"12.15.43.300\",\"controlValue\":\"50\",\"controlUnit\":\"kW\",\"mode\":\"limit\",\
             \"expiresAt\":\"2026-11-25T10:00:00.500Z\",\"priority\":\"normal\",\
             \"receivedAt\":\"2026-11-24T10:00:00.500Z\",\"status\":\"received\",\
             \"steps\":[{\"status\":\"received\",\"at\":\"2026-11-24T10:00:00.500Z\",\"by\":\"key-1\"}],\
             \"verification\":\"none\"}"
        );
    }

    #[test]
    fn a_number_stays_a_number_and_several_devices_have_results() {
        let mut several = recorded();
        several.control.issuer_tracking_id = Some("T-1".into());
        several.control.value = Some(ControlValue::Number("50.0".parse().unwrap()));
        several.control.target.devices.push("b".parse().unwrap());
        several.results.push(DeviceResult { device: "b".parse().unwrap(), status: ControlStatus::Failed });
        let text = text(&several);
        assert!(text.contains(r#""controlValue":50.0,"#), "{text}");
        assert!(text.contains(r#""priority":"normal","issuerTrackingID":"T-1","receivedAt""#), "{text}");
        assert!(text.contains(r#""deviceIds":["meter \"7\"","b"]"#), "{text}");
        assert!(text.ends_with(r#""results":[{"deviceId":"b","status":"failed"}]}"#), "{text}");
    }

    #[test]
    fn a_page_has_its_cursor() {
        let mut out = Vec::new();
        write_page(&[], Some("abc"), &mut out);
        write_page(&[], None, &mut out);
        assert_eq!(out, br#"{"controls":[],"next":"abc"}{"controls":[],"next":null}"#);
    }
}
