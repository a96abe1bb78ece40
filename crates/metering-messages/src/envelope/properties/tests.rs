use metering_model::EndDeviceControlType;

use super::*;

fn control(mrid: Option<&str>) -> EndDeviceControl {
    let mut control = EndDeviceControl::new(EndDeviceControlType::LOAD_CONTROL);
    control.mrid = mrid.map(|it| it.parse().unwrap());
    control
}

fn full(mrid: Option<&str>) -> EndDeviceControl {
    EndDeviceControl {
        value: Some(ControlValue::Number("50".parse().unwrap())),
        unit: Some("kW".to_owned()),
        mode: ControlMode::ReduceBy,
        expires: Some("2026-11-24T11:00:00Z".parse().unwrap()),
        reason_code: Some("7".to_owned()),
        priority: Priority::Critical,
        ..control(mrid)
    }
}

fn message(controls: Vec<EndDeviceControl>) -> EndDeviceControls {
    let received = controls.len() as u32;
    EndDeviceControls { controls: (0..).zip(controls).collect(), received }
}

#[test]
fn what_the_message_leaves_out_comes_back_by_the_header() {
    let whole = message(vec![full(Some("a:b")), control(Some("c")), full(Some("d")), full(None)]);
    let Carried { properties, lost } = control_properties(&whole, |_| true);
    let names: Vec<_> = properties.iter().take(6).map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        ["controlValue:a:b", "controlUnit:a:b", "mode:a:b", "expiresAt:a:b", "reasonCode:a:b", "priority:a:b"]
    );
    assert_eq!(properties.len(), 12);
    assert_eq!(lost, ["controlValue", "controlUnit", "mode", "expiresAt", "reasonCode", "priority"]);
    let mut bare = message(vec![control(Some("a:b")), control(Some("c")), control(Some("d"))]);
    assert_eq!(restore_controls(&mut bare, &properties), []);
    assert_eq!(bare.controls[..], whole.controls[..3]);
    // Once more changes nothing.
    assert_eq!(restore_controls(&mut bare, &properties), []);
    assert_eq!(bare.controls[..], whole.controls[..3]);
    assert!(control_properties(&whole, |field| field == "duration").properties.is_empty());
}

#[test]
fn what_contradicts_or_is_no_value_is_told() {
    let mut message = message(vec![full(Some("a")), control(Some("b")), control(Some("b"))]);
    let property = |name: &str, value: &str| Property { name: name.to_owned(), value: Some(value.to_owned()) };
    let told = restore_controls(
        &mut message,
        &[
            property("priority:b", "loud"),
            property("controlValue:a", "51"),
            property("reasonCode:a", "7"),
            property("reasonCode:a", "8"),
            property("mode:a", "limit"),
            property("expiresAt:b", "tomorrow"),
            property("controlUnit:b", "kW"),
            property("colour:a", "red"),
            property("priority:z", "loud"),
            property("priority", "loud"),
            Property { name: "priority:a".to_owned(), value: None },
        ],
    );
    let told: Vec<_> = told.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect();
    assert_eq!(
        told,
        [
            "0 controlValue contradiction",
            "0 mode contradiction",
            "0 reasonCode contradiction",
            "1 expiresAt invalid-time",
            "1 priority unknown-word",
            "2 expiresAt invalid-time",
            "2 priority unknown-word",
        ]
    );
    assert_eq!(message.controls[1].1.unit.as_deref(), Some("kW"));
}

#[test]
fn a_number_may_be_spelled_in_other_ways() {
    let mut message = message(vec![full(Some("a"))]);
    let value = Property { name: "controlValue:a".to_owned(), value: Some("50.0".to_owned()) };
    assert_eq!(restore_controls(&mut message, &[value]), []);
}

#[test]
fn few_properties_do_not_become_many_violations() {
    let mut message = message(vec![control(Some("a")); 50_000]);
    let property = |number: u32| Property { name: "priority:a".to_owned(), value: Some(format!("p{number}")) };
    let properties: Vec<_> = (0..1_000).map(property).collect();
    assert_eq!(restore_controls(&mut message, &properties).len(), 50_000);
}

#[test]
fn of_what_is_stored_the_header_says_what_became_of_it() {
    let recorded = RecordedControl {
        id: "c".parse().unwrap(),
        control: control(None),
        received_at: "2026-11-24T10:00:00Z".parse().unwrap(),
        expires: "2026-11-25T10:00:00Z".parse().unwrap(),
        status: metering_model::ControlStatus::Dispatched,
        steps: Vec::new(),
        verification: metering_model::Verification::None,
        results: Vec::new(),
    };
    let Carried { properties, lost } = recorded_control_properties(&[recorded], |field| field != "verification");
    let shown: Vec<_> = properties.iter().map(|it| format!("{} {}", it.name, it.value.as_deref().unwrap())).collect();
    assert_eq!(shown, ["expiresAt:c 2026-11-25T10:00:00Z", "receivedAt:c 2026-11-24T10:00:00Z", "status:c dispatched"]);
    assert!(lost.is_empty());
}

#[test]
fn the_codes_of_makers_come_back_too() {
    let event = |code: Option<&str>| EndDeviceEvent {
        mrid: Some("e".parse().unwrap()),
        device: "d".parse().unwrap(),
        event_type: metering_model::EventType::from_text("3.12.0.257"),
        word: code.map(|_| "opened".to_owned()),
        created: "2026-11-24T11:00:00Z".parse().unwrap(),
        severity: None,
        description: None,
        event_code: code.map(str::to_owned),
        usage_point: None,
        issuer_tracking_id: None,
        details: Vec::new(),
    };
    let whole = EndDeviceEvents { events: vec![(0, event(Some("TAM001")))], received: 1 };
    let carried = event_properties(&whole, |_| true);
    let mut bare = EndDeviceEvents { events: vec![(0, event(None))], received: 1 };
    assert_eq!(restore_events(&mut bare, &carried.properties), []);
    assert_eq!(bare, whole);
}
