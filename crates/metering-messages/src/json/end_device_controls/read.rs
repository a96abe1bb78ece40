//! One pass over the items; an item ends as a control or as violations.

use std::borrow::Cow;

use metering_model::{
    ControlDuration, ControlDurationError, ControlTarget, ControlValue, Decimal, EndDeviceControl,
    EndDeviceControlType, EndDeviceControls, EndDeviceId, MridError, Violation, ViolationCode, words,
};
use serde_json::value::RawValue;

use crate::json::fields::{self, Found, fields, text, texts, time};
use crate::json::items::{Message, read_items, whole};
use crate::json::listed;
use crate::{Limits, Malformed, Read, values};

const MESSAGE: Message = Message { list: "controls", one: "a control" };

fields! {
    /// One item of `controls`, spelled as the API spells it.
    pub(super) struct ControlFields<'a> {
        "deviceId" device,
        "deviceIds" devices,
        "usagePointId" usage_point,
        "group" group,
        "controlType" control_type,
        "controlTypeCode" control_type_code,
        "controlValue" value,
        "controlUnit" unit,
        "mode" mode,
        "effectiveDateTime" effective,
        "expiresAt" expires,
        "duration" duration,
        "reason" reason,
        "reasonCode" reason_code,
        "priority" priority,
        "issuerTrackingID" issuer_tracking_id,
        "mRID" mrid,
        "id" id,
        "status" status,
        "steps" steps,
        "verification" verification,
        "results" results,
        "receivedAt" received_at,
    }
}

/// The fields that only the server sets.
pub(super) const SERVER_OWNED: [&str; 6] = ["id", "status", "steps", "verification", "results", "receivedAt"];

/// Reads the list `controls`, or one control alone.
///
/// # Errors
/// [`Malformed`] when the notation is broken or the body is no such message. What is wrong with a
/// control is among the violations, and the other controls are read.
///
/// ```
/// use metering_messages::{Limits, json};
///
/// let body = br#"{"deviceId":"m-1","controlType":"remoteDisconnect","reason":"Non-payment"}"#;
/// let read = json::end_device_controls::read(body, &Limits::default())?;
/// assert!(read.alone && read.violations.is_empty());
/// assert_eq!(read.value.controls[0].1.control_type.to_string(), "3.31.0.23");
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read(body: &[u8], limits: &Limits) -> Result<Read<EndDeviceControls>, Malformed> {
    let mut violations = Vec::new();
    let mut controls = Vec::new();
    let items = read_items(body, MESSAGE, limits, &mut violations, |item, fields: &ControlFields<'_>, violations| {
        controls.extend(control(item, fields, violations).map(|control| (item, control)));
    })?;
    Ok(Read {
        value: EndDeviceControls { controls, received: items.received },
        alone: items.alone,
        violations,
        warnings: Vec::new(),
    })
}

/// The control, if nothing is wrong with its fields.
fn control(item: u32, fields: &ControlFields<'_>, violations: &mut Vec<Violation>) -> Option<EndDeviceControl> {
    let server = [fields.id, fields.status, fields.steps, fields.verification, fields.results, fields.received_at];
    listed::server_owned(item, SERVER_OWNED.into_iter().zip(server), violations);
    let control_type = control_type(item, fields, violations);
    let mut said = |raw, name| text(raw, item, name, violations).map(Cow::into_owned);
    let group = said(fields.group, "group");
    let unit = said(fields.unit, "controlUnit");
    let reason = said(fields.reason, "reason");
    let reason_code = said(fields.reason_code, "reasonCode");
    let issuer_tracking_id = said(fields.issuer_tracking_id, "issuerTrackingID");
    let control = EndDeviceControl {
        mrid: fields::id(fields.mrid, item, "mRID", violations),
        target: ControlTarget {
            devices: devices(item, fields, violations),
            usage_point: fields::id(fields.usage_point, item, "usagePointId", violations),
            group,
        },
        control_type: control_type.unwrap_or(EndDeviceControlType::new(0, 0, 0, 0)),
        value: value(item, fields.value, violations),
        unit,
        mode: listed::word(fields.mode, item, "mode", words::CONTROL_MODE_WORDS, words::control_mode, violations)
            .unwrap_or_default(),
        effective: time(fields.effective, item, "effectiveDateTime", violations),
        expires: time(fields.expires, item, "expiresAt", violations),
        duration: duration(item, fields.duration, violations),
        reason,
        reason_code,
        priority: listed::word(fields.priority, item, "priority", words::PRIORITY_WORDS, words::priority, violations)
            .unwrap_or_default(),
        issuer_tracking_id,
    };
    (control_type.is_some() && whole(item, violations)).then_some(control)
}

/// The word or the code; where both are given they say the same.
fn control_type(
    item: u32,
    fields: &ControlFields<'_>,
    violations: &mut Vec<Violation>,
) -> Option<EndDeviceControlType> {
    let code: Option<EndDeviceControlType> =
        listed::code(fields.control_type_code, item, "controlTypeCode", violations);
    let Some(word) = text(fields.control_type, item, "controlType", violations) else {
        if fields::present(fields.control_type).is_none() && fields::present(fields.control_type_code).is_none() {
            let detail = format!("`controlType` is missing; it is one of {}", words::CONTROL_WORDS.join(", "));
            violations.push(Violation::new(item, "controlType", ViolationCode::Missing, detail));
        }
        return code;
    };
    let meant = if word.starts_with(|first: char| first.is_ascii_digit()) {
        listed::parsed(&word, item, "controlType", violations)?
    } else if let Some(meant) = words::control_type(&word) {
        meant
    } else {
        violations.push(listed::unknown(item, "controlType", &word, words::CONTROL_WORDS));
        return None;
    };
    match code {
        Some(code) if !code.means_the_same_as(meant) => {
            let detail = format!("controlType says {word}, which is {meant}; {code} is something else");
            violations.push(Violation::new(item, "controlTypeCode", ViolationCode::CodeContradictsWords, detail));
            None
        }
        // Its type of device may say more.
        Some(code) => Some(code),
        None => Some(meant),
    }
}

fn devices(item: u32, fields: &ControlFields<'_>, violations: &mut Vec<Violation>) -> Vec<EndDeviceId> {
    let mut devices: Vec<EndDeviceId> = fields::id(fields.device, item, "deviceId", violations).into_iter().collect();
    let wrong = violations.len();
    let texts = texts(fields.devices, item, "deviceIds", violations).unwrap_or_default();
    // Where entries were left out, the others no longer have their numbers.
    let numbered = violations.len() == wrong;
    for (at, text) in texts.iter().enumerate() {
        match text.parse() {
            Ok(device) => devices.push(device),
            Err(error) => {
                let error: MridError = error;
                let place = if numbered { format!("deviceIds/{at}") } else { "deviceIds".to_owned() };
                violations.push(Violation::new(item, place, ViolationCode::InvalidId, error.to_string()));
            }
        }
    }
    devices
}

/// A text stays one, letter for letter.
fn value(item: u32, raw: Option<&RawValue>, violations: &mut Vec<Violation>) -> Option<ControlValue> {
    let (found, spelled) = fields::text_or_number(raw, item, "controlValue", violations)?;
    if found == Found::Text {
        return Some(ControlValue::Text(spelled.into_owned()));
    }
    match spelled.parse::<Decimal>() {
        Ok(number) => Some(ControlValue::Number(number)),
        Err(error) => {
            let detail = format!("{error}; nothing is rounded");
            violations.push(Violation::new(item, "controlValue", values::code_of(error), detail));
            None
        }
    }
}

fn duration(item: u32, raw: Option<&RawValue>, violations: &mut Vec<Violation>) -> Option<ControlDuration> {
    let spelled = text(raw, item, "duration", violations)?;
    match spelled.parse() {
        Ok(duration) => Some(duration),
        Err(error) => {
            let error: ControlDurationError = error;
            violations.push(Violation::new(item, "duration", ViolationCode::InvalidDuration, error.to_string()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use metering_model::{ControlKind, ControlMode, Priority};

    use super::*;

    fn parse(body: &str) -> Read<EndDeviceControls> {
        read(body.as_bytes(), &Limits::default()).unwrap()
    }

    /// What is wrong with one control that has these fields besides a device.
    fn told(fields: &str) -> Vec<String> {
        let read = parse(&format!(r#"{{"controls":[{{"deviceId":"a",{fields}}}]}}"#));
        assert_eq!(read.value.controls.is_empty(), !read.violations.is_empty(), "{:?}", read.violations);
        assert_eq!(read.value.received, 1);
        read.violations.iter().map(|it| format!("{} {}: {}", it.at.field, it.code, it.detail)).collect()
    }

    #[test]
    fn the_load_control_of_the_document_word_for_word() {
        let read = parse(
            r#"{"controls":[{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","controlType":"loadControlSignal","controlValue":"50","controlUnit":"kW","effectiveDateTime":"2024-01-15T10:30:00Z","reason":"Demand response event","priority":"high"}]}"#,
        );
        assert_eq!((read.alone, read.violations, read.value.received), (false, vec![], 1));
        let (item, control) = &read.value.controls[0];
        let mut expected = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
        expected.target.devices.push("3dc53ee5-777e-50b4-8699-a1c224d493d".parse().unwrap());
        expected.value = Some(ControlValue::Text("50".into()));
        expected.unit = Some("kW".into());
        expected.effective = Some("2024-01-15T10:30:00Z".parse().unwrap());
        expected.reason = Some("Demand response event".into());
        expected.priority = Priority::High;
        assert_eq!((*item, control), (0, &expected));
    }

    #[test]
    fn the_disconnect_of_the_document_word_for_word() {
        let read = parse(
            r#"{"controls":[{"deviceId":"3dc53ee5-777e-50b4-8699-a1c224d493d","controlType":"remoteDisconnect","reason":"Non-payment","priority":"high"}]}"#,
        );
        assert_eq!(read.violations, []);
        let control = &read.value.controls[0].1;
        assert_eq!((control.kind(), control.effective), (ControlKind::Switching, None));
        assert_eq!(control.reason.as_deref(), Some("Non-payment"));
    }

    #[test]
    fn every_field_is_read() {
        let read = parse(
            r#"{"deviceIds":["a","b"],"usagePointId":"up","group":"street","controlTypeCode":"0.15.43.300","controlType":"loadControlSignal","controlValue":20.50,"controlUnit":"%","mode":"reduceBy","effectiveDateTime":"2026-11-24T10:00:00+01:00","expiresAt":"2026-11-24T11:00:00Z","duration":"PT30M","reason":"peak","reasonCode":"7","priority":"critical","issuerTrackingID":"T-1","mRID":"mine"}"#,
        );
        assert!(read.alone);
        assert_eq!(read.violations, []);
        let control = &read.value.controls[0].1;
        assert_eq!(control.mrid.as_ref().unwrap().as_str(), "mine");
        assert_eq!(control.target.devices.len(), 2);
        assert_eq!(control.target.usage_point.as_ref().unwrap().as_str(), "up");
        assert_eq!(control.target.group.as_deref(), Some("street"));
        assert_eq!(control.control_type.to_string(), "0.15.43.300");
        let Some(ControlValue::Number(value)) = control.value else { panic!("a number") };
        assert_eq!(value.to_string(), "20.50");
        assert_eq!((control.mode, control.priority), (ControlMode::ReduceBy, Priority::Critical));
        assert_eq!(control.effective.unwrap().to_string(), "2026-11-24T09:00:00Z");
        assert_eq!(control.duration.unwrap().seconds(), 1800);
        assert_eq!(control.reason_code.as_deref(), Some("7"));
        assert_eq!(control.issuer_tracking_id.as_deref(), Some("T-1"));
    }

    #[test]
    fn the_type_is_a_word_or_a_code_and_both_agree() {
        assert_eq!(told(r#""controlType":"3.31.0.23""#), [""; 0]);
        assert_eq!(told(r#""controlTypeCode":"3.8.0.214""#), [""; 0]);
        assert_eq!(
            told(r#""reason":"x""#),
            ["controlType missing: `controlType` is missing; it is one of loadControlSignal, priceSignal, \
              remoteDisconnect, remoteReconnect"]
        );
        assert_eq!(
            told(r#""controlType":"remoteDisconect""#),
            [
                "controlType unknown-word: unknown controlType `remoteDisconect`; did you mean `remoteDisconnect`? Known are \
              loadControlSignal, priceSignal, remoteDisconnect, remoteReconnect"
            ]
        );
        assert_eq!(
            told(r#""controlType":"remoteDisconnect","controlTypeCode":"3.31.0.18""#),
            ["controlTypeCode code-contradicts-words: controlType says remoteDisconnect, which is 3.31.0.23; \
              3.31.0.18 is something else"]
        );
        let codes: Vec<_> = told(r#""controlType":"3.31.0","controlTypeCode":"disconnect""#)
            .iter()
            .map(|it| it.split(':').next().unwrap().to_owned())
            .collect();
        assert_eq!(codes, ["controlTypeCode invalid-code", "controlType invalid-code"]);
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let told: Vec<_> = told(
            r#""controlType":"priceSignal","status":"completed","id":"x","deviceIds":["ok",7,""],"controlValue":1e30,"mode":"half","duration":"30","priority":3,"expiresAt":"tomorrow","colour":"red""#,
        )
        .iter()
        .map(|it| it.split(':').next().unwrap().to_owned())
        .collect();
        assert_eq!(
            told,
            [
                "colour unknown-field",
                "id server-owned",
                "status server-owned",
                "deviceIds/1 wrong-kind",
                "deviceIds invalid-id",
                "controlValue too-many-digits",
                "mode unknown-word",
                "expiresAt invalid-time",
                "duration invalid-duration",
                "priority wrong-kind",
            ]
        );
    }

    #[test]
    fn one_bad_control_leaves_the_others() {
        let read = parse(r#"{"controls":[{"deviceId":1},{"deviceId":"a","controlType":"priceSignal"},7]}"#);
        assert_eq!(read.value.received, 3);
        assert_eq!(read.value.controls.len(), 1);
        assert_eq!(read.value.controls[0].0, 1);
        assert!(read.violations.iter().any(|it| it.at.item == 2));
    }
}
