//! A reading on the good path allocates nothing: allocations are counted, because they can be
//! counted exactly where time can only be measured.

use std::fmt::Write as _;

use allocation_counter::measure;
use metering_messages::json::meter_readings::{Options, read, write_page};
use metering_messages::{Limits, Read, xml};
use metering_model::{MeterReadings, RecordedBy, RecordedReading, RecordedReadings, TimeStamp};

/// A day of quarter hours for each of these meters, 4,992 readings in the words of the API.
const METERS: usize = 52;

fn item(meter: usize, quarter: usize) -> String {
    let (hour, minute) = (quarter / 4, quarter % 4 * 15);
    format!(
        r#"{{"meterId":"meter-{meter:05}","readingType":"intervalData","readingDateTime":"2024-01-15T{hour:02}:{minute:02}:00Z","value":{quarter}.{meter:02},"unit":"kWh","multiplier":0,"phase":"ABC","energyDirection":"forward","quality":"good"}}"#
    )
}

fn message(items: impl Iterator<Item = String>) -> String {
    let mut text = "{\"readings\":[".to_owned();
    for (at, item) in items.enumerate() {
        let _ = write!(text, "{}{item}", if at > 0 { "," } else { "" });
    }
    text + "]}"
}

fn device_major() -> String {
    message((0..METERS).flat_map(|meter| (0..96).map(move |quarter| item(meter, quarter))))
}

fn time_major() -> String {
    message((0..96).flat_map(|quarter| (0..METERS).map(move |meter| item(meter, quarter))))
}

fn counted(body: &str) -> (u64, Read<MeterReadings>) {
    let mut done = None;
    let counted = measure(|| done = Some(read(body.as_bytes(), &Limits::default()).expect("a message")));
    (counted.count_total, done.expect("it was read"))
}

#[test]
fn reading_a_message_allocates_for_its_series_and_not_for_its_readings() {
    for body in [device_major(), time_major()] {
        let (allocations, read) = counted(&body);
        assert_eq!(
            (read.value.readings.len(), read.value.series.len(), read.value.qualities.len()),
            (4_992, METERS, 1)
        );
        assert!(read.violations.is_empty() && read.warnings.is_empty());
        assert!(allocations < 300, "{allocations} allocations");
    }
}

#[test]
fn two_channels_by_turns_cost_no_more() {
    let channels = (0..METERS).flat_map(|meter| {
        (0..48).flat_map(move |quarter| {
            let forward = item(meter, quarter);
            let reverse = forward.replace("forward", "reverse");
            [forward, reverse]
        })
    });
    let (allocations, read) = counted(&message(channels));
    assert_eq!((read.value.readings.len(), read.value.series.len()), (4_992, 2 * METERS));
    assert!(allocations < 300, "{allocations} allocations");
}

#[test]
fn writing_a_page_allocates_for_its_series_and_not_for_its_readings() {
    let Read { value: MeterReadings { series, qualities, readings, .. }, .. } = counted(&device_major()).1;
    let page = RecordedReadings {
        series,
        qualities,
        details: Vec::new(),
        changes: vec![RecordedBy { recorded_at: TimeStamp::EPOCH, receipt: "r".to_owned() }],
        readings: readings
            .into_iter()
            .map(|reading| RecordedReading { reading, revision: 1, current: true, change: 0 })
            .collect(),
    };
    let mut out = Vec::with_capacity(4 << 20);
    let counted = measure(|| write_page(&page, &Options::default(), None, &mut out));
    assert!(counted.count_total < 40 * METERS as u64, "{} allocations", counted.count_total);
    assert!(out.starts_with(b"{\"readings\":[{\"meterId\":\"meter-00000\""));
}

/// The same readings in XML: blocks of one meter, and readings with a quality each.
fn in_xml() -> [String; 2] {
    const CODE: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0";
    let mut bodies = ["<m:MeterReadings xmlns:m=\"http://iec.ch/TC57/2011/MeterReadings#\">"; 2].map(str::to_owned);
    for meter in 0..METERS {
        let [blocks, outside] = &mut bodies;
        let _ = write!(blocks, "<m:MeterReading><m:IntervalBlocks>");
        let _ = write!(outside, "<m:MeterReading><m:Meter><m:mRID>meter-{meter:05}</m:mRID></m:Meter>");
        for quarter in 0..96 {
            let (hour, minute) = (quarter / 4, quarter % 4 * 15);
            let value = format!(
                "\n  <m:timeStamp>2024-01-15T{hour:02}:{minute:02}:00Z</m:timeStamp><m:value>{quarter}.{meter:02}</m:value>"
            );
            let _ = write!(blocks, "<m:IntervalReadings>{value}</m:IntervalReadings>");
            let quality = "<m:ReadingQualities><m:ReadingQualityType ref=\"2.8.0\"/></m:ReadingQualities>";
            let _ = write!(outside, "<m:Readings>{value}{quality}<m:ReadingType ref=\"{CODE}\"/></m:Readings>");
        }
        let _ = write!(
            blocks,
            "<m:ReadingType ref=\"{CODE}\"/></m:IntervalBlocks><m:Meter><m:mRID>meter-{meter:05}</m:mRID></m:Meter></m:MeterReading>"
        );
        outside.push_str("</m:MeterReading>");
    }
    bodies.map(|body| body + "</m:MeterReadings>")
}

/// How often reading this allocates, the most bytes at a time, and what was read.
fn counted_xml(body: &str) -> (u64, u64, MeterReadings) {
    let namespaces = xml::Namespaces::default();
    let mut done = None;
    let read = || xml::meter_readings::read(body.as_bytes(), &namespaces, &Limits::default()).expect("a message").read;
    let counted = measure(|| done = Some(read()));
    let Read { value, violations, warnings, .. } = done.expect("it was read");
    assert!(violations.is_empty() && warnings.is_empty());
    assert_eq!((value.readings.len(), value.series.len()), (4_992, METERS));
    (counted.count_total, counted.bytes_max, value)
}

#[test]
fn reading_xml_allocates_for_its_series_and_not_for_its_readings() {
    for body in in_xml() {
        let (allocations, bytes, _) = counted_xml(&body);
        assert!(allocations < 500, "{allocations} allocations");
        // The readings themselves, 40 bytes each, and what is kept of the series.
        assert!(bytes < 400_000, "{bytes} bytes at a time");
    }
}

#[test]
fn details_in_xml_allocate_for_what_is_new_in_them() {
    for body in in_xml() {
        let besides = |said: &dyn Fn(usize) -> String| {
            let mut text = String::new();
            for (at, piece) in body.split("<m:timeStamp>").enumerate() {
                let _ = if at == 0 { Ok(()) } else { write!(text, "{}<m:timeStamp>", said(at)) };
                text.push_str(piece);
            }
            counted_xml(&text)
        };
        let (without, _, message) = counted_xml(&body);
        assert!(message.details.is_empty());
        let (shared, _, message) = besides(&|_| "<m:source>head-end</m:source>".to_owned());
        assert_eq!(message.details.len(), 1);
        assert!(shared < without + 10, "{shared} allocations with one source, {without} without");
        let (each, _, message) = besides(&|at| {
            let reported = TimeStamp::EPOCH.plus_seconds(i64::try_from(at).unwrap_or_default());
            format!("<m:reportedDateTime>{reported}</m:reportedDateTime><m:source>head-end</m:source>")
        });
        assert_eq!(message.details.len(), 4_992);
        // The table grows, and the text in it is the same.
        assert!(each < without + 30, "{each} allocations with a time each, {without} without");
    }
}
