//! Recorded controls, with what was asked for as it was sent.

use metering_model::{
    ControlKind, ControlMode, ControlStep, ControlTarget, ControlValue, DeviceResult, EndDeviceControl, EndDeviceId,
    RecordedControl, TimeStamp, words,
};
use serde::{Serialize, Serializer};

use crate::json::shown::{Number, Shown, append, append_page};

/// Appends one control as an object.
pub fn write_item(recorded: &RecordedControl, out: &mut Vec<u8>) {
    append(&Item::of(recorded), out);
}

/// Appends `{"controls":[...],"next":...}`; `next` is the cursor of the page that follows.
pub fn write_page(controls: &[RecordedControl], next: Option<&str>, out: &mut Vec<u8>) {
    append_page("controls", controls, next, write_item, out);
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "mRID", skip_serializing_if = "Option::is_none")]
    mrid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_ids: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_point_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control_type: Option<&'static str>,
    control_type_code: Shown<metering_model::EndDeviceControlType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control_value: Option<Value<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control_unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_date_time: Option<Shown<TimeStamp>>,
    expires_at: Shown<TimeStamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<Shown<metering_model::ControlDuration>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_code: Option<&'a str>,
    priority: &'static str,
    received_at: Shown<TimeStamp>,
    status: &'static str,
    steps: Vec<Step<'a>>,
    verification: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    results: Vec<Outcome<'a>>,
}

impl<'a> Item<'a> {
    fn of(recorded: &'a RecordedControl) -> Self {
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
        } = control;
        let alone = match devices.as_slice() {
            [device] => Some(device.as_str()),
            _ => None,
        };
        let several = devices.len() > 1;
        // A mode says something about a load only.
        let has_mode = control.kind() == ControlKind::LoadControl || *mode != ControlMode::default();
        Self {
            id: id.as_str(),
            mrid: mrid.as_ref().map(|it| it.as_str()),
            device_id: alone,
            device_ids: several.then(|| devices.iter().map(EndDeviceId::as_str).collect()),
            usage_point_id: usage_point.as_ref().map(|it| it.as_str()),
            group: group.as_deref(),
            control_type: words::control_word(*control_type),
            control_type_code: Shown(*control_type),
            control_value: value.as_ref().map(Value),
            control_unit: unit.as_deref(),
            mode: has_mode.then(|| words::control_mode_word(*mode)),
            effective_date_time: effective.map(Shown),
            expires_at: Shown(*expires),
            duration: duration.map(Shown),
            reason: reason.as_deref(),
            reason_code: reason_code.as_deref(),
            priority: words::priority_word(*priority),
            received_at: Shown(*received_at),
            status: status.as_str(),
            steps: steps.iter().map(Step::of).collect(),
            verification: words::verification_word(*verification),
            results: results.iter().map(Outcome::of).collect(),
        }
    }
}

/// A value as it came: a string stays one.
struct Value<'a>(&'a ControlValue);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ControlValue::Text(text) => serializer.serialize_str(text),
            ControlValue::Number(number) => Number(*number).serialize(serializer),
        }
    }
}

#[derive(Serialize)]
struct Step<'a> {
    status: &'static str,
    at: Shown<TimeStamp>,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl<'a> Step<'a> {
    fn of(step: &'a ControlStep) -> Self {
        let ControlStep { status, at, by, reason } = step;
        Self { status: status.as_str(), at: Shown(*at), by, reason: reason.as_deref() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    device_id: &'a str,
    status: &'static str,
}

impl<'a> Outcome<'a> {
    fn of(result: &'a DeviceResult) -> Self {
        let DeviceResult { device, status } = result;
        Self { device_id: device.as_str(), status: status.as_str() }
    }
}

#[cfg(test)]
mod tests {
    use metering_model::{ControlStatus, EndDeviceControlType, Verification};

    use super::*;

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
        String::from_utf8(out).unwrap()
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
        several.control.value = Some(ControlValue::Number("50.0".parse().unwrap()));
        several.control.target.devices.push("b".parse().unwrap());
        several.results.push(DeviceResult { device: "b".parse().unwrap(), status: ControlStatus::Failed });
        let text = text(&several);
        assert!(text.contains(r#""controlValue":50.0,"#), "{text}");
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
