use metering_model::{
    ControlDuration, ControlMode, ControlStatus, ControlTarget, ControlValue, Decimal, EndDeviceControl,
    EndDeviceControlType, EndDeviceControls, Priority, RecordedControl, Scale, TimeStamp, Verification,
};
use proptest::option::of;
use proptest::prelude::*;

use super::{read, write, write_recorded};
use crate::xml::{Namespaces, Received};
use crate::{Limits, json};

const GOLDEN: &str = include_str!("../../../tests/fixtures/end_device_controls.xml");

fn read_text(body: &str) -> Received<EndDeviceControls> {
    read(body.as_bytes(), &Namespaces::default(), &Limits::default()).unwrap()
}

fn written(message: &EndDeviceControls) -> (String, String) {
    let mut out = Vec::new();
    let omitted = write(message, &Namespaces::default(), &mut out);
    (String::from_utf8(out).unwrap(), omitted.to_string())
}

/// The text without the line ends and blanks that lay it out.
fn compact(xml: &str) -> String {
    xml.lines().map(str::trim).collect()
}

#[test]
fn the_golden_sample_is_read_and_written_letter_for_letter() {
    let received = read_text(GOLDEN);
    assert_eq!((received.read.violations.as_slice(), received.read.warnings.as_slice()), (&[][..], &[][..]));
    let controls = &received.read.value.controls;
    assert_eq!(controls.len(), 3);
    assert_eq!(controls[0].1.reason.as_deref(), Some("Non-payment"));
    assert_eq!(controls[0].1.issuer_tracking_id.as_deref(), Some("T-1"));
    let load = &controls[1].1;
    assert_eq!((load.mode, load.unit.as_deref()), (ControlMode::DutyCycle, Some("%")));
    assert_eq!(load.duration.unwrap().to_string(), "PT30M");
    assert_eq!(load.effective.unwrap().to_string(), "2024-01-15T10:30:00Z");
    assert_eq!(load.target.group.as_deref(), Some("Street 7"));
    let Some(ControlValue::Number(price)) = controls[2].1.value else { panic!("a price") };
    assert_eq!(price.to_string(), "0.3150");
    assert_eq!(controls[2].1.target.devices[1].as_str(), "b & c");
    assert_eq!(written(&received.read.value), (compact(GOLDEN), String::new()));
}

/// What is told of one control with this content besides its type and a device.
fn told(before_type: &str, behind_type: &str) -> Vec<String> {
    let body = format!(
        "<EndDeviceControls xmlns='http://iec.ch/TC57/2011/EndDeviceControls#'><EndDeviceControl>{before_type}\
         <EndDeviceControlType ref='12.15.43.300'/><EndDevices><mRID>a</mRID></EndDevices>{behind_type}\
         </EndDeviceControl></EndDeviceControls>"
    );
    let received = read_text(&body);
    assert_eq!(received.read.value.controls.is_empty(), !received.read.violations.is_empty());
    assert_eq!(received.read.value.received, 1);
    received.read.violations.iter().map(|it| format!("{} {}", it.at.field, it.code)).collect()
}

#[test]
fn what_would_change_a_control_if_it_were_left_out_is_refused() {
    for (element, content) in [
        ("cancelNow", "true"),
        ("cancelControlMode", "x"),
        ("cancelDateTime", "2024-01-15T10:30:00Z"),
        ("coolingOffset", "2"),
        ("enrollmentGroup", "7"),
    ] {
        let pan = format!("<PanDemandResponse><{element}>{content}</{element}></PanDemandResponse>");
        assert_eq!(told(&pan, ""), [format!("{element} unknown-field")]);
    }
    let pan = "<PanDemandResponse><appliance><isWaterHeater>true</isWaterHeater></appliance></PanDemandResponse>";
    assert_eq!(told(pan, ""), ["appliance unknown-field"]);
    assert_eq!(told("<PanDisplay><textMessage>x</textMessage></PanDisplay>", ""), ["PanDisplay unknown-field"]);
    assert_eq!(told("", "<secondaryDeviceTiming/><UsagePointGroups/>").len(), 2);
    assert_eq!(told("<PanDemandResponse><cancelNow>false</cancelNow></PanDemandResponse>", ""), [""; 0]);
}

#[test]
fn when_and_how_long_may_be_said_twice_and_have_to_agree() {
    let timing = |inside: &str| format!("<primaryDeviceTiming>{inside}</primaryDeviceTiming>");
    let interval = "<interval><end>2024-01-15T11:00:00Z</end><start>2024-01-15T10:30:00Z</start></interval>";
    assert_eq!(told("", &timing(&format!("<duration>30.0</duration>{interval}"))), [""; 0]);
    assert_eq!(told("", &timing(&format!("<duration>31</duration>{interval}"))), ["duration contradiction"]);
    let pan = |start: &str| format!("<PanDemandResponse><startDateTime>{start}</startDateTime></PanDemandResponse>");
    assert_eq!(told(&pan("2024-01-15T11:30:00+01:00"), &timing(interval)), [""; 0]);
    assert_eq!(told(&pan("2024-01-15T11:30:00Z"), &timing(interval)), ["effectiveDateTime contradiction"]);
    for (wrong, rule) in [
        ("<duration>0</duration>", "invalid-duration"),
        ("<duration>0.123</duration>", "invalid-duration"),
        ("<duration>INF</duration>", "invalid-number"),
        ("<duration>-5</duration>", "invalid-duration"),
        ("<interval><end>2024-01-15T11:00:00Z</end></interval>", "invalid-duration"),
        ("<interval><end>2024-01-15T11:00:00Z</end><start>2024-01-15T11:30:00Z</start></interval>", "invalid-duration"),
    ] {
        assert_eq!(told("", &timing(wrong)), [format!("duration {rule}")], "{wrong}");
    }
    assert_eq!(
        told("<PanDemandResponse><avgLoadAdjustment>5</avgLoadAdjustment></PanDemandResponse>", ""),
        ["controlValue out-of-range"]
    );
    assert_eq!(
        told(
            "<priceSignal>1</priceSignal><PanPricing><PanPricingDetails><price>2</price></PanPricingDetails></PanPricing>",
            ""
        ),
        ["controlValue contradiction"]
    );
}

#[test]
fn every_fault_of_a_control_is_told_at_once() {
    let body = "<EndDeviceControls xmlns='http://iec.ch/TC57/2011/EndDeviceControls#'><EndDeviceControl>\
         <priceSignal>x</priceSignal><EndDevices/><EndDevices><mRID>a\u{202e}</mRID></EndDevices>\
         <UsagePoints><mRID>u</mRID></UsagePoints><UsagePoints><mRID>v</mRID></UsagePoints><reason>1</reason><reason>2</reason>\
         </EndDeviceControl><EndDeviceControl><EndDeviceControlType ref='disconnect'/></EndDeviceControl></EndDeviceControls>";
    let received = read_text(body);
    let told: Vec<_> =
        received.read.violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect();
    assert_eq!(
        told,
        [
            "0 reason duplicate-field",
            "0 controlTypeCode missing",
            "0 deviceIds/0 missing",
            "0 deviceIds/1 invalid-id",
            "0 usagePointId too-many",
            "0 controlValue invalid-number",
            "1 controlTypeCode invalid-code",
        ]
    );
    assert_eq!(
        received.places.xpath(&received.read.violations[3].at),
        "/m:EndDeviceControls/m:EndDeviceControl[1]/m:EndDevices[2]"
    );
}

#[test]
fn what_the_schema_has_no_place_for_is_named() {
    let body = br#"{"deviceId":"a","controlType":"loadControlSignal","controlValue":"50","controlUnit":"kW",
        "effectiveDateTime":"2024-01-15T10:30:00Z","expiresAt":"2024-01-15T12:30:00Z","reason":"peak","reasonCode":"7",
        "priority":"high"}"#;
    let message = json::end_device_controls::read(body, &Limits::default()).unwrap().value;
    let (text, omitted) = written(&message);
    assert_eq!(omitted, "controlUnit, controlValue, expiresAt, priority, reasonCode");
    assert!(text.contains("<start>2024-01-15T10:30:00Z</start>") && !text.contains("50"), "{text}");
    let recorded = recorded(message.controls[0].1.clone());
    let mut out = Vec::new();
    let omitted = write_recorded(&[recorded], &Namespaces::default(), &mut out).to_string();
    assert!(omitted.contains("status, steps") && omitted.contains("receivedAt"), "{omitted}");
    assert!(String::from_utf8(out).unwrap().contains("<mRID>id-1</mRID>"));
}

fn recorded(control: EndDeviceControl) -> RecordedControl {
    RecordedControl {
        id: "id-1".parse().unwrap(),
        control,
        received_at: TimeStamp::EPOCH,
        expires: TimeStamp::EPOCH,
        status: ControlStatus::Received,
        steps: Vec::new(),
        verification: Verification::None,
        results: Vec::new(),
    }
}

fn json_of(control: &EndDeviceControl) -> serde_json::Value {
    let mut out = Vec::new();
    json::end_device_controls::write_item(&recorded(control.clone()), &mut out);
    serde_json::from_slice(&out).unwrap()
}

fn any_id() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[^\\p{C}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]{1,12}").unwrap()
}

fn any_control() -> impl Strategy<Value = EndDeviceControl> {
    let number = (-999_999_999i64..=999_999_999, 0u8..=12)
        .prop_map(|(digits, places)| Decimal::new(digits, Scale::new(places).unwrap()).unwrap());
    let value = prop_oneof![number.prop_map(ControlValue::Number), "[0-9a-z]{0,4}".prop_map(ControlValue::Text)];
    let time = (TimeStamp::MIN.micros()..=TimeStamp::MAX.micros()).prop_map(|it| TimeStamp::from_micros(it).unwrap());
    let target = (proptest::collection::vec(any_id(), 0..3), of(any_id()), of("[^\\p{C}]{1,9}"));
    let kind = prop_oneof![
        Just(EndDeviceControlType::LOAD_CONTROL),
        Just(EndDeviceControlType::PRICE),
        Just(EndDeviceControlType::REMOTE_DISCONNECT),
        any::<[u16; 4]>().prop_map(|[a, b, c, d]| EndDeviceControlType::new(a, b, c, d)),
    ];
    let mode = prop_oneof![Just(ControlMode::Limit), Just(ControlMode::ReduceBy), Just(ControlMode::DutyCycle)];
    let priority = prop_oneof![Just(Priority::Low), Just(Priority::Normal), Just(Priority::Critical)];
    let unit = of(prop_oneof![Just("%".to_owned()), Just("kW".to_owned())]);
    let when = (of(time.clone()), of(time), of(1u32..=31_622_400));
    let text = || of(any::<String>());
    (target, kind, of(value), unit, mode, when, [text(), text(), text()], priority, of(any_id())).prop_map(
        |(
            (devices, usage_point, group),
            kind,
            value,
            unit,
            mode,
            (effective, expires, seconds),
            [reason, reason_code, issuer_tracking_id],
            priority,
            mrid,
        )| {
            EndDeviceControl {
                mrid: mrid.map(|it| it.parse().unwrap()),
                target: ControlTarget {
                    devices: devices.iter().map(|it| it.parse().unwrap()).collect(),
                    usage_point: usage_point.map(|it| it.parse().unwrap()),
                    group,
                },
                value,
                unit,
                mode,
                effective,
                expires,
                duration: seconds.map(|it| ControlDuration::from_seconds(it).unwrap()),
                reason,
                reason_code,
                issuer_tracking_id,
                priority,
                ..EndDeviceControl::new(kind)
            }
        },
    )
}

proptest! {
    /// From JSON to XML and back: what differs is what was said to be left out; and a number that
    /// JSON gives as a text is a number behind.
    #[test]
    fn any_control_comes_back_but_for_what_is_named(control in any_control()) {
        let message = EndDeviceControls { controls: vec![(0, control.clone())], received: 1 };
        let (text, omitted) = written(&message);
        let received = read_text(&text);
        prop_assert_eq!(&received.read.violations, &[]);
        prop_assert!(received.tolerances.is_empty(), "{:?} {}", received.tolerances, text);
        let (mut was, mut is) = (json_of(&control), json_of(&received.read.value.controls[0].1));
        if let Some(number) = control.value.and_then(|it| it.number()) {
            was["controlValue"] = serde_json::from_str(&number.to_string()).unwrap();
        }
        for name in omitted.split(", ") {
            for json in [&mut was, &mut is] {
                json.as_object_mut().unwrap().remove(name);
            }
        }
        prop_assert_eq!(was, is);
    }
}

#[test]
fn a_message_cut_anywhere_is_refused() {
    let body = GOLDEN.trim_end().as_bytes();
    for end in 0..body.len() {
        assert!(read(&body[..end], &Namespaces::default(), &Limits::default()).is_err(), "{end}");
    }
}
