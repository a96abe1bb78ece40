//! Decoding, building, and the life of a control, by what the crate shows to everybody.

use metering_model::reading_type::{Accumulation, FlowDirection, MeasurementUnit, ReadingTypePattern};
use metering_model::words::{ReadingWords, compose, describe};
use metering_model::{
    ControlEvent, ControlStatus, EndDeviceControl, EndDeviceControlType, EventType, MeterId, MeterReadings, Qualities,
    Reading, ReadingQualityType, ReadingType, Series,
};

#[test]
fn a_code_is_decoded_and_built_again() {
    let code: ReadingType = "0.0.2.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0".parse().unwrap();
    assert_eq!((code.accumulation, code.flow_direction), (Accumulation::DELTA_DATA, FlowDirection::REVERSE));
    assert_eq!(code.unit.name(), Some("Wh"));
    let words = describe(&code).as_words();
    assert_eq!(compose(&words, &mut Vec::new()), Some(code));

    let reactive = ReadingType { unit: MeasurementUnit::VOLT_AMPERE_REACTIVE_HOUR, ..code };
    assert_eq!(describe(&reactive).measurement, Some("reactiveEnergy"));
    assert!(!ReadingTypePattern::exactly(&code).matches(&reactive));

    let mut faults = Vec::new();
    assert_eq!(compose(&ReadingWords { unit: Some("kwh"), ..words }, &mut faults), None);
    assert!(faults[0].detail.contains("did you mean `kWh`?"));
}

#[test]
fn a_code_that_no_list_has_survives() {
    let code = "0.0.2.4.1.1.60000.0.0.0.0.0.0.0.0.3.61000.0";
    assert_eq!(code.parse::<ReadingType>().unwrap().to_string(), code);
    assert_eq!(EventType::from_text("meterOnFire"), EventType::Unmapped("meterOnFire".into()));
}

#[test]
fn a_message_is_built_by_hand() {
    let estimated: ReadingQualityType = "3.8.0".parse().unwrap();
    let message = MeterReadings {
        series: vec![Series {
            meter: Some("1234LG".parse::<MeterId>().unwrap()),
            usage_point: None,
            reading_type: ReadingType::NONE,
        }],
        qualities: vec![Qualities::new([estimated])],
        readings: vec![Reading {
            time_stamp: "2024-01-15T10:15:00Z".parse().unwrap(),
            value: Some("0.25".parse().unwrap()),
            series: 0,
            qualities: 0,
            details: None,
            place: 0,
        }],
        received: 1,
        ..MeterReadings::default()
    };
    assert!(message.qualities_of(message.readings[0]).iter().any(|it| it == estimated));
}

#[test]
fn a_control_ends_once() {
    let disconnect: EndDeviceControlType = "3.31.0.23".parse().unwrap();
    let control = EndDeviceControl { reason: Some("moved out".into()), ..EndDeviceControl::new(disconnect) };
    assert!(control.duration.is_none());
    let sent = ControlStatus::Received.after(ControlEvent::Sent).unwrap();
    assert_eq!(sent, ControlStatus::Dispatched);
    assert!(ControlStatus::Completed.after(ControlEvent::Sent).is_err());
}
