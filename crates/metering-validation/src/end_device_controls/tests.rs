use metering_model::{ControlMode, ControlValue};

use super::*;

const NOW: &str = "2026-11-24T10:00:00Z";

fn facts() -> Facts {
    Facts { now: NOW.parse().unwrap(), rules: Rules::default() }
}

fn at(text: &str) -> Option<TimeStamp> {
    Some(text.parse().unwrap())
}

fn to_device(control_type: EndDeviceControlType) -> EndDeviceControl {
    let mut control = EndDeviceControl::new(control_type);
    control.target.devices.push("3dc53ee5-777e-50b4-8699-a1c224d493d".parse().unwrap());
    control
}

fn disconnect() -> EndDeviceControl {
    EndDeviceControl { reason: Some("Non-payment".into()), ..to_device(EndDeviceControlType::REMOTE_DISCONNECT) }
}

fn load_control(value: &str, unit: &str, mode: ControlMode) -> EndDeviceControl {
    EndDeviceControl {
        value: Some(ControlValue::Text(value.into())),
        unit: Some(unit.into()),
        mode,
        ..to_device(EndDeviceControlType::LOAD_CONTROL)
    }
}

/// What is wrong with `control`, and what deserves a look: `field code`.
fn said(control: EndDeviceControl) -> (Vec<String>, Vec<String>) {
    let (mut violations, mut warnings) = (Vec::new(), Vec::new());
    let message = EndDeviceControls { controls: vec![(7, control)], received: 8 };
    let valid = check(message, &facts(), &mut violations, &mut warnings);
    assert_eq!(valid.controls.is_empty(), !violations.is_empty(), "{violations:?}");
    let short = |it: &Violation| {
        assert_eq!(it.at.item, 7);
        format!("{} {}", it.at.field, it.code)
    };
    (violations.iter().map(short).collect(), warnings.iter().map(short).collect())
}

fn broken(control: EndDeviceControl) -> Vec<String> {
    said(control).0
}

#[test]
fn the_disconnect_of_the_document_is_received_at_once_and_expires_four_hours_later() {
    assert_eq!(said(disconnect()), (vec![], vec![]));
    let timing = timing(&disconnect(), facts().now, &Rules::default());
    assert_eq!(timing.status, ControlStatus::Received);
    assert_eq!(timing.expires.to_string(), "2026-11-24T14:00:00Z");
}

#[test]
fn the_load_control_of_2024_is_stored_as_expired_with_a_warning() {
    let control = EndDeviceControl {
        effective: at("2024-01-15T10:30:00Z"),
        reason: Some("Demand response event".into()),
        ..load_control("50", "kW", ControlMode::Limit)
    };
    assert_eq!(said(control.clone()), (vec![], vec!["effectiveDateTime effective-time-passed".to_owned()]));
    let timing = timing(&control, facts().now, &Rules::default());
    assert_eq!((timing.status, timing.expires.to_string().as_str()), (ControlStatus::Expired, "2024-01-16T10:30:00Z"));
}

#[test]
fn a_control_is_scheduled_received_or_expired_by_its_times() {
    let cases = [
        (None, None, ControlStatus::Received),
        (at("2026-11-24T10:00:01Z"), None, ControlStatus::Scheduled),
        (at(NOW), None, ControlStatus::Received),
        (at("2026-11-24T09:00:00Z"), None, ControlStatus::Received),
        (at("2026-11-24T08:59:59Z"), None, ControlStatus::Expired),
        (at("2026-11-24T08:00:00Z"), at("2026-11-24T12:00:00Z"), ControlStatus::Received),
        (None, at(NOW), ControlStatus::Expired),
        (None, at("2026-11-24T09:00:00Z"), ControlStatus::Expired),
        (None, at("2026-11-24T10:00:01Z"), ControlStatus::Received),
    ];
    for (effective, expires, status) in cases {
        let control = EndDeviceControl { effective, expires, ..disconnect() };
        assert_eq!(timing(&control, facts().now, &Rules::default()).status, status, "{effective:?} {expires:?}");
    }
}

#[test]
fn times_that_cannot_be_meant_are_refused() {
    let control = |effective, expires| EndDeviceControl { effective, expires, ..disconnect() };
    assert_eq!(
        broken(control(at("2026-11-24T12:00:00Z"), at("2026-11-24T12:00:00Z"))),
        ["expiresAt expires-before-effect"]
    );
    assert_eq!(broken(control(at("2027-11-25T10:00:00Z"), None)), [""; 0]);
    assert_eq!(broken(control(at("2027-11-25T10:00:01Z"), None)), ["effectiveDateTime out-of-range"]);
    assert_eq!(broken(control(None, at("9999-01-01T00:00:00Z"))), ["expiresAt out-of-range"]);
}

#[test]
fn switching_needs_a_reason_and_every_control_a_target() {
    assert_eq!(broken(EndDeviceControl { reason: None, ..disconnect() }), ["reason reason-missing"]);
    assert_eq!(broken(EndDeviceControl { reason: Some(String::new()), ..disconnect() }), ["reason reason-missing"]);
    let blank = EndDeviceControl { reason: Some("  ".into()), ..disconnect() };
    assert_eq!(broken(blank), ["reason invalid-text"]);
    let nobody = EndDeviceControl::new(EndDeviceControlType::REMOTE_RECONNECT);
    assert_eq!(broken(nobody), [" no-target", "reason reason-missing"]);
    // The switch is one whatever the type of device says.
    assert_eq!(broken(to_device("0.31.0.23".parse().unwrap())), ["reason reason-missing"]);
}

#[test]
fn a_device_named_twice_is_told_once() {
    let mut control = disconnect();
    for _ in 0..3 {
        control.target.devices.push("b".parse().unwrap());
    }
    assert_eq!(broken(control), ["deviceIds duplicate-entry"]);
    let mut many = disconnect();
    many.target.devices = (0..10_001).map(|number| number.to_string().parse().unwrap()).collect();
    assert_eq!(broken(many), ["deviceIds too-many"]);
}

#[test]
fn every_unit_of_a_load_control_goes_with_its_modes() {
    use ControlMode::{DutyCycle, Limit, ReduceBy};
    for (value, unit, mode) in [
        ("0", "W", Limit),
        ("50", "kW", Limit),
        ("1000", "MW", Limit),
        ("63", "A", Limit),
        ("1.5", "kW", ReduceBy),
        ("20", "%", ReduceBy),
        ("50", "%", DutyCycle),
    ] {
        assert_eq!(broken(load_control(value, unit, mode)), [""; 0], "{value} {unit} {mode:?}");
    }
    for (value, unit, mode) in
        [("50", "%", Limit), ("50", "kW", DutyCycle), ("50", "kWh", Limit), ("50", "kw", Limit), ("50", "V", ReduceBy)]
    {
        assert_eq!(broken(load_control(value, unit, mode)), ["controlUnit control-value"], "{value} {unit} {mode:?}");
    }
    for (value, unit, mode) in [
        ("-1", "kW", Limit),
        ("1000.001", "MW", Limit),
        ("999999999999999999", "MW", Limit),
        ("100001", "A", ReduceBy),
        ("101", "%", DutyCycle),
        ("fifty", "kW", Limit),
        ("50 kW", "kW", Limit),
    ] {
        assert_eq!(broken(load_control(value, unit, mode)), ["controlValue control-value"], "{value} {unit} {mode:?}");
    }
}

#[test]
fn load_controls_and_prices_say_how_much_and_those_that_end_one_need_not() {
    assert_eq!(
        broken(to_device(EndDeviceControlType::LOAD_CONTROL)),
        ["controlValue control-value", "controlUnit control-value"]
    );
    assert_eq!(
        broken(to_device(EndDeviceControlType::PRICE)),
        ["controlValue control-value", "controlUnit control-value"]
    );
    assert_eq!(broken(to_device("3.15.0.55".parse().unwrap())), [""; 0]);
    let price = EndDeviceControl {
        value: Some(ControlValue::Number("-0.0125".parse().unwrap())),
        unit: Some("EUR/kWh".into()),
        ..to_device(EndDeviceControlType::PRICE)
    };
    assert_eq!(broken(price), [""; 0]);
}

#[test]
fn a_code_without_a_word_is_stored_with_a_warning() {
    let (violations, warnings) = said(to_device("3.8.0.214".parse().unwrap()));
    assert_eq!(violations, [""; 0]);
    assert_eq!(warnings, ["controlTypeCode unlisted-code"]);
}

#[test]
fn texts_are_bounded() {
    let control = EndDeviceControl {
        reason: Some("a".repeat(1025)),
        reason_code: Some("a\u{7}".into()),
        issuer_tracking_id: Some("a".repeat(256)),
        ..disconnect()
    };
    assert_eq!(broken(control), ["issuerTrackingID invalid-text", "reason invalid-text", "reasonCode invalid-text"]);
}

#[test]
fn what_was_told_comes_in_the_order_of_the_items() {
    let nameless = EndDeviceControl::new(EndDeviceControlType::new(3, 8, 0, 214));
    let message = EndDeviceControls { controls: vec![(0, nameless.clone()), (2, nameless)], received: 3 };
    let mut violations = vec![Violation::new(1, "mode", ViolationCode::UnknownWord, "")];
    check(message, &facts(), &mut violations, &mut Vec::new());
    assert_eq!(violations.iter().map(|it| it.at.item).collect::<Vec<_>>(), [0, 1, 2]);
}
