//! The content column: a control as it was sent. Its text is also what makes two controls equal,
//! so fields are only ever added, at the end, and left out where they are absent.

use metering_model::{
    ControlDuration, ControlTarget, ControlValue, EndDeviceControl, EndDeviceControlId, TimeStamp, words,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mrid: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    devices: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage_point: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    control_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    mode: String,
    /// Instants in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<i64>,
    /// In seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason_code: Option<String>,
    priority: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer_tracking_id: Option<String>,
}

/// A decimal as text keeps its digits.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Value {
    Text(String),
    Number(String),
}

/// `control` as the content column has it.
pub(super) fn write(control: &EndDeviceControl) -> Result<String> {
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
    let content = Content {
        mrid: mrid.as_ref().map(ToString::to_string),
        devices: devices.iter().map(ToString::to_string).collect(),
        usage_point: usage_point.as_ref().map(ToString::to_string),
        group: group.clone(),
        control_type: control_type.to_string(),
        value: value.as_ref().map(|value| match value {
            ControlValue::Text(text) => Value::Text(text.clone()),
            ControlValue::Number(number) => Value::Number(number.to_string()),
        }),
        unit: unit.clone(),
        mode: words::control_mode_word(*mode).to_owned(),
        effective: effective.map(TimeStamp::micros),
        expires: expires.map(TimeStamp::micros),
        duration: duration.map(ControlDuration::seconds),
        reason: reason.clone(),
        reason_code: reason_code.clone(),
        priority: words::priority_word(*priority).to_owned(),
        issuer_tracking_id: issuer_tracking_id.clone(),
    };
    serde_json::to_string(&content).map_err(Error::failed)
}

/// The control that [`write`] made `text` of.
pub(super) fn read(text: &str) -> Result<EndDeviceControl> {
    let content: Content = serde_json::from_str(text).map_err(Error::failed)?;
    let instant = |micros: Option<i64>| micros.map(TimeStamp::from_micros).transpose().map_err(Error::failed);
    let unknown = |what: &str, word: &str| Error::failed(format!("no {what} is called {word}"));
    Ok(EndDeviceControl {
        mrid: content.mrid.map(EndDeviceControlId::try_from).transpose().map_err(Error::failed)?,
        target: ControlTarget {
            devices: content
                .devices
                .into_iter()
                .map(TryFrom::try_from)
                .collect::<std::result::Result<_, _>>()
                .map_err(Error::failed)?,
            usage_point: content.usage_point.map(TryFrom::try_from).transpose().map_err(Error::failed)?,
            group: content.group,
        },
        control_type: content.control_type.parse().map_err(Error::failed)?,
        value: match content.value {
            None => None,
            Some(Value::Text(text)) => Some(ControlValue::Text(text)),
            Some(Value::Number(number)) => Some(ControlValue::Number(number.parse().map_err(Error::failed)?)),
        },
        unit: content.unit,
        mode: words::control_mode(&content.mode).ok_or_else(|| unknown("mode", &content.mode))?,
        effective: instant(content.effective)?,
        expires: instant(content.expires)?,
        duration: content.duration.map(ControlDuration::from_seconds).transpose().map_err(Error::failed)?,
        reason: content.reason,
        reason_code: content.reason_code,
        priority: words::priority(&content.priority).ok_or_else(|| unknown("priority", &content.priority))?,
        issuer_tracking_id: content.issuer_tracking_id,
    })
}

/// What is the same for controls that ask for the same thing, whatever their own ids and numbers.
pub(super) fn identity(control: &EndDeviceControl) -> Result<Vec<u8>> {
    let anonymous = EndDeviceControl { mrid: None, issuer_tracking_id: None, ..control.clone() };
    Ok(Sha256::digest(write(&anonymous)?).to_vec())
}

/// What is the same for the same place of requests that one caller sent with one key.
pub(super) fn key_identity(principal: &str, key: &str, item: u32) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in [principal.as_bytes(), key.as_bytes(), &item.to_be_bytes()] {
        // With its length, so that no two lists of parts run together to the same bytes.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use metering_model::{ControlMode, EndDeviceControlType, Priority};

    use super::*;

    fn whole() -> EndDeviceControl {
        let mut control = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
        control.mrid = Some("mine".parse().unwrap());
        control.target.devices = vec!["a".parse().unwrap(), "b".parse().unwrap()];
        control.target.usage_point = Some("up".parse().unwrap());
        control.target.group = Some("street".into());
        control.value = Some(ControlValue::Number("50.0".parse().unwrap()));
        control.unit = Some("%".into());
        control.mode = ControlMode::DutyCycle;
        control.effective = Some("2026-11-24T10:00:00.000001Z".parse().unwrap());
        control.expires = Some("2026-11-24T11:00:00Z".parse().unwrap());
        control.duration = Some("PT30M".parse().unwrap());
        control.reason = Some("peak \u{0} \"quoted\"".into());
        control.reason_code = Some("7".into());
        control.priority = Priority::Critical;
        control.issuer_tracking_id = Some("T-1".into());
        control
    }

    #[test]
    fn a_control_survives_its_column() {
        for control in [whole(), EndDeviceControl::new(EndDeviceControlType::PRICE)] {
            let text = write(&control).unwrap();
            assert!(!text.contains('\0'), "PostgreSQL has no room for it");
            let back = read(&text).unwrap();
            assert_eq!(back, control);
            assert_eq!(write(&back).unwrap(), text, "digits included");
        }
    }

    #[test]
    fn the_identity_is_what_is_asked_for_and_not_who_numbered_it() {
        let other_id = EndDeviceControl { mrid: None, ..whole() };
        assert_eq!(identity(&whole()).unwrap(), identity(&other_id).unwrap());
        let other_number = EndDeviceControl { issuer_tracking_id: Some("T-2".into()), ..whole() };
        assert_eq!(identity(&whole()).unwrap(), identity(&other_number).unwrap());
        let text = EndDeviceControl { value: Some(ControlValue::Text("50.0".into())), ..whole() };
        assert_ne!(identity(&whole()).unwrap(), identity(&text).unwrap());
        assert_ne!(key_identity("a", "bc", 0), key_identity("ab", "c", 0));
        assert_ne!(key_identity("a", "b", 0), key_identity("a", "b", 1));
    }

    #[test]
    fn the_text_of_the_column_stays_as_it_is() {
        // Equality of what is stored and what arrives hangs on it.
        let mut control = EndDeviceControl::new(EndDeviceControlType::REMOTE_DISCONNECT);
        control.target.devices.push("a".parse().unwrap());
        assert_eq!(
            write(&control).unwrap(),
            r#"{"devices":["a"],"controlType":"3.31.0.23","mode":"limit","priority":"normal"}"#
        );
    }
}
