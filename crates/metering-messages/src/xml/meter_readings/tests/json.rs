//! From JSON to XML and back.

use metering_model::{Reading, ReadingDetails, TimePeriod, TimeStamp};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::{Options, write};
use super::written::{any_carried, any_details, any_message, any_reason, recorded};
use super::*;
use crate::json::meter_readings as in_json;
use crate::xml::{Tolerance, Tolerated};

/// The message as a client sends it.
fn sent(message: &MeterReadings) -> String {
    let items: Vec<String> = message.readings.iter().map(|it| item(message, *it)).collect();
    format!("{{\"readings\":[{}]}}", items.join(","))
}

fn item(message: &MeterReadings, reading: Reading) -> String {
    let series = message.series_of(reading);
    let mut item = json!({
        "meterId": series.meter.as_ref().map(|it| it.as_str()),
        "usagePointId": series.usage_point.as_ref().map(|it| it.as_str()),
        "readingTypeCode": series.reading_type.to_string(),
        "readingDateTime": reading.time_stamp.to_string(),
        "value": reading.value.map(|it| it.to_string()),
        "quality": message.qualities_of(reading).iter().map(|it| it.to_string()).collect::<Vec<_>>(),
    });
    if let Some(details) = message.details_of(reading) {
        let ReadingDetails { reported, time_period: TimePeriod { start, end }, source, reason, comment } = details;
        let time = |it: &Option<TimeStamp>| it.map(|it| it.to_string());
        item["reportedDateTime"] = json!(time(reported));
        item["timePeriod"] = json!({"start": time(start), "end": time(end)});
        item["source"] = json!(source.as_deref());
        item["reason"] = json!(reason.as_deref());
        item["comment"] = json!(comment.as_deref());
    }
    item.to_string()
}

fn read_json(body: &str) -> MeterReadings {
    let read = in_json::read(body.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(read.violations, []);
    read.value
}

/// The readings as the API answers them in JSON.
fn answered(message: MeterReadings) -> Vec<Map<String, Value>> {
    let mut out = Vec::new();
    in_json::write_page(&recorded(message), &Options::default(), None, &mut out);
    let page: Value = serde_json::from_slice(&out).unwrap();
    page["readings"].as_array().unwrap().iter().map(|it| it.as_object().unwrap().clone()).collect()
}

fn through_xml(message: &MeterReadings) -> (MeterReadings, String) {
    let mut out = Vec::new();
    let omitted = write(message, &Namespaces::default(), &mut out);
    let received = read(&out, &Namespaces::default(), &Limits::default()).unwrap();
    assert_eq!(received.read.violations, []);
    // Blanks around a text are lost, and named.
    let blanks = |it: Tolerated| !omitted.is_empty() && matches!(it.what, Tolerance::Blanks | Tolerance::Empty);
    assert!(received.tolerances.iter().all(blanks), "{:?}", received.tolerances);
    (received.read.value, omitted.to_string())
}

fn any_text() -> BoxedStrategy<String> {
    prop_oneof![any::<String>(), "[ \t\r\na]{0,4}", any_carried()].boxed()
}

fn any_word() -> BoxedStrategy<String> {
    prop_oneof![any_reason(), any_text()].boxed()
}

proptest! {
    #[test]
    fn what_xml_carries_is_the_same_behind_it(message in any_message(any_details(any_carried(), any_reason()))) {
        let message = read_json(&sent(&message));
        let (again, omitted) = through_xml(&message);
        prop_assert_eq!(omitted, "");
        prop_assert_eq!(&again, &message);
        prop_assert_eq!(sent(&again), sent(&message));
        prop_assert_eq!(answered(again), answered(message));
    }

    #[test]
    fn what_differs_behind_xml_is_named(message in any_message(any_details(any_text(), any_word()))) {
        let message = read_json(&sent(&message));
        let (again, omitted) = through_xml(&message);
        let left = |message| {
            let mut readings = answered(message);
            for reading in &mut readings {
                reading.retain(|name, _| !omitted.split(", ").any(|it| it == name));
            }
            readings
        };
        prop_assert_eq!(left(again), left(message));
    }
}
