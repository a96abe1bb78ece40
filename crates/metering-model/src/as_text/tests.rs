use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::*;

/// Writes `value` as `json` and reads it back, out of a text and out of a value.
fn is_written_as<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, json: serde_json::Value) {
    let written = serde_json::to_value(&value).unwrap();
    assert_eq!(written, json);
    assert_eq!(serde_json::from_value::<T>(written).unwrap(), value);
    assert_eq!(serde_json::from_str::<T>(&json.to_string()).unwrap(), value);
}

fn of<T: std::str::FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

#[test]
fn codes_and_ids_and_exact_values_are_their_text() {
    is_written_as(of::<Decimal>("1234.50"), json!("1234.50"));
    is_written_as(of::<TimeStamp>("2024-01-15T10:15:00Z"), json!("2024-01-15T10:15:00Z"));
    let code = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
    is_written_as(of::<ReadingType>(code), json!(code));
    is_written_as(of::<ReadingQualityType>("3.8.0"), json!("3.8.0"));
    is_written_as(of::<EndDeviceEventType>("3.26.0.85"), json!("3.26.0.85"));
    is_written_as(of::<EndDeviceControlType>("3.31.0.23"), json!("3.31.0.23"));
    is_written_as(of::<ControlDuration>("PT30M"), json!("PT30M"));
    is_written_as(of::<Obis>("1-0:1.8.0"), json!("1-0:1.8.0"));
    is_written_as(of::<MeterId>("1234LG"), json!("1234LG"));
    is_written_as(of::<OrganisationId>("north"), json!("north"));
    is_written_as(Role::ALL[0], json!(Role::ALL[0].as_str()));
    let hex = "00ff".repeat(16);
    is_written_as(of::<Sha256>(&hex), json!(hex));
    for status in ControlStatus::ALL {
        is_written_as(*status, json!(status.as_str()));
    }
    for code in ViolationCode::ALL {
        is_written_as(*code, json!(code.as_str()));
    }
    is_written_as(EventType::from_text("tamperingAlert"), json!("3.12.0.257"));
    is_written_as(EventType::from_text("meterOnFire"), json!("meterOnFire"));
    is_written_as(Qualities::new([of("3.8.0"), of("1.0.0")]), json!(["1.0.0", "3.8.0"]));
}

#[test]
fn what_is_no_text_of_theirs_is_an_error_that_says_so() {
    let error = |it: serde_json::Error| it.to_string();
    let found = serde_json::from_str::<Obis>("\"1.8\"").map_err(error).unwrap_err();
    assert!(found.starts_with("group E (the tariff) of the OBIS code `1.8` is missing"), "{found}");
    let found = serde_json::from_str::<ControlStatus>("\"done\"").map_err(error).unwrap_err();
    assert!(found.starts_with("unknown word `done`; known are received, "), "{found}");
    assert!(serde_json::from_str::<Decimal>("1.5").is_err());
    for text in [String::new(), "0".repeat(63), "0".repeat(65), "0".repeat(66), "g".repeat(64), "ä".repeat(32)] {
        assert_eq!(text.parse::<Sha256>(), Err(Sha256Error), "{text}");
    }
}

fn message() -> MeterReadings {
    MeterReadings {
        series: vec![Series {
            meter: Some(of("1234LG")),
            usage_point: None,
            reading_type: of("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        }],
        qualities: vec![Qualities::good()],
        details: vec![],
        readings: vec![Reading {
            time_stamp: of("2024-01-15T10:15:00Z"),
            value: Some(of("0.250")),
            series: 0,
            qualities: 0,
            details: None,
            place: 0,
        }],
        received: 1,
    }
}

#[test]
fn readings_are_plain_structs() {
    is_written_as(
        message(),
        json!({
            "series": [
                {"meter": "1234LG", "usagePoint": null, "readingType": "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"},
            ],
            "qualities": [["1.0.0"]],
            "readings": [
                {"timeStamp": "2024-01-15T10:15:00Z", "value": "0.250", "series": 0, "qualities": 0, "place": 0},
            ],
            "received": 1,
        }),
    );
    let MeterReadings { series, qualities, readings, .. } = message();
    let recorded = RecordedReadings {
        series,
        qualities,
        details: vec![],
        changes: vec![RecordedBy { recorded_at: of("2024-01-15T10:16:00Z"), receipt: "r1".into() }],
        readings: vec![RecordedReading { reading: readings[0], revision: 2, current: true, change: 0 }],
    };
    let written = serde_json::to_value(&recorded).unwrap();
    assert_eq!(written["readings"][0]["reading"]["value"], "0.250");
    is_written_as(recorded, written);
}

#[test]
fn what_a_reading_says_besides_is_a_row_of_its_table() {
    let mut message = message();
    let details = ReadingDetails {
        reported: Some(of("2024-01-15T10:17:00Z")),
        time_period: TimePeriod { start: None, end: Some(of("2024-01-15T10:15:00Z")) },
        source: Some("HES".into()),
        ..ReadingDetails::default()
    };
    message.readings[0].details = details.join(&mut message.details);
    let mut written = serde_json::to_value(&message).unwrap();
    assert_eq!(written["readings"][0]["details"], 0);
    let row = json!({"reported": "2024-01-15T10:17:00Z", "timePeriod": {"start": null, "end": "2024-01-15T10:15:00Z"},
        "source": "HES", "reason": null, "comment": null});
    assert_eq!(written["details"], json!([row]));
    is_written_as(message.clone(), written.clone());
    // What says nothing may be left out; no row is the last one that a number could name.
    written["details"] = json!([{"source": "HES"}]);
    let least = serde_json::from_value::<MeterReadings>(written.clone()).unwrap();
    assert_eq!(least.details, [ReadingDetails { source: Some("HES".into()), ..ReadingDetails::default() }]);
    written["readings"][0]["details"] = json!(u32::MAX);
    let error = serde_json::from_value::<MeterReadings>(written).unwrap_err().to_string();
    assert_eq!(error, "no table has so many rows");
}

#[test]
fn a_reading_that_points_nowhere_is_refused() {
    for (table, rows) in [("series", 1), ("qualities", 1), ("details", 0)] {
        let mut written = serde_json::to_value(message()).unwrap();
        written["readings"][0][table] = json!(7);
        let error = serde_json::from_value::<MeterReadings>(written).unwrap_err().to_string();
        assert_eq!(error, format!("reading 0 points at row 7 of {table}, which has {rows}"));
    }
}

#[test]
fn controls_are_plain_structs() {
    let control = EndDeviceControl {
        target: ControlTarget { devices: vec![of("d1")], ..ControlTarget::default() },
        value: Some(ControlValue::Number(of("2.50"))),
        unit: Some("kW".into()),
        duration: Some(of("PT15M")),
        priority: Priority::High,
        mode: ControlMode::DutyCycle,
        ..EndDeviceControl::new(of("3.15.0.54"))
    };
    let written = serde_json::to_value(&control).unwrap();
    assert_eq!(written["controlType"], "3.15.0.54");
    assert_eq!(written["value"], json!({"number": "2.50"}));
    assert_eq!((&written["mode"], &written["priority"]), (&json!("dutyCycle"), &json!("high")));
    is_written_as(control.clone(), written.clone());
    // What says nothing may be left out.
    let least = json!({"target": {}, "controlType": "3.15.0.54"});
    assert_eq!(serde_json::from_value::<EndDeviceControl>(least).unwrap(), EndDeviceControl::new(of("3.15.0.54")));

    is_written_as(
        EndDeviceControls { controls: vec![(0, control.clone())], received: 1 },
        json!({"controls": [[0, written]], "received": 1}),
    );
    let at: TimeStamp = of("2024-01-15T10:15:00Z");
    let step = ControlStep { status: ControlStatus::Dispatched, at, by: "server".into(), reason: None };
    let recorded = RecordedControl {
        id: of("c1"),
        control,
        received_at: at,
        expires: at.plus_seconds(900),
        status: ControlStatus::Dispatched,
        steps: vec![step],
        verification: Verification::Confirmed,
        results: vec![DeviceResult { device: of("d1"), status: ControlStatus::Dispatched }],
    };
    let written = serde_json::to_value(&recorded).unwrap();
    assert_eq!((&written["verification"], &written["status"]), (&json!("confirmed"), &json!("dispatched")));
    is_written_as(recorded, written);
}

#[test]
fn events_receipts_and_configurations_are_plain_structs() {
    let at: TimeStamp = of("2024-01-15T10:15:00Z");
    let event = EndDeviceEvent {
        mrid: None,
        device: of("d1"),
        event_type: EventType::from_text("powerOutage"),
        word: None,
        created: at,
        severity: Some("high".into()),
        description: None,
        event_code: None,
        usage_point: None,
        issuer_tracking_id: None,
        details: vec![("phase".into(), "A".into())],
    };
    let written = serde_json::to_value(&event).unwrap();
    assert_eq!(written["eventType"], "3.26.0.85");
    is_written_as(
        EndDeviceEvents { events: vec![(0, event.clone())], received: 1 },
        json!({"events": [[0, written]], "received": 1}),
    );
    let recorded = RecordedEvent { id: of("e1"), event, recorded_at: at };
    let written = serde_json::to_value(&recorded).unwrap();
    is_written_as(recorded, written);

    let violation = Violation::new(3, "value", ViolationCode::TooManyDigits, "too long");
    let json = json!({"at": {"item": 3, "field": "value"}, "code": "too-many-digits", "detail": "too long"});
    is_written_as(violation.clone(), json.clone());
    let receipt = Receipt {
        id: "r1".into(),
        list: "readings".into(),
        sha256: Sha256([7; 32]),
        received_at: at,
        recorded_at: at,
        counts: Counts { received: 1, rejected: 1, ..Counts::default() },
        errors: vec![violation],
        warnings: Vec::new(),
    };
    let written = serde_json::to_value(&receipt).unwrap();
    assert_eq!((&written["errors"][0], &written["receivedAt"]), (&json, &json!("2024-01-15T10:15:00Z")));
    is_written_as(receipt, written);

    let meter = Meter { mrid: Some(of("1234LG")), form_number: Some("12S".into()), ..Meter::default() };
    let configuration = Configuration::Meter(Box::new(meter));
    let written = serde_json::to_value(&configuration).unwrap();
    assert_eq!(written, json!({"meter": {"mRID": "1234LG", "formNumber": "12S"}}));
    is_written_as(configuration, written);
}
