use metering_model::{Qualities, ReadingType, TimePeriod};

use super::*;

pub(super) const GOLDEN: &str = include_str!("../../../../tests/fixtures/meter_readings.xml");

#[test]
fn ten_meters_with_blocks_registers_and_qualities() {
    let received = read_text(GOLDEN).unwrap();
    assert_eq!(received.read.violations, []);
    assert_eq!(received.read.warnings, []);
    assert!(received.tolerances.is_empty());
    assert_eq!(received.namespace, "http://iec.ch/TC57/2011/MeterReadings#");
    let message = received.read.value;
    assert_eq!((message.received, message.readings.len()), (71, 71));
    // 10 forward, 4 reverse, 10 registers, 5 voltages.
    assert_eq!(message.series.len(), 29);
    assert_eq!(message.qualities.len(), 3);
    assert!(message.readings.iter().enumerate().all(|(at, reading)| reading.place as usize == at));
    let missing: Vec<_> = message.readings.iter().filter(|it| it.value.is_none()).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(*message.qualities_of(*missing[0]), Qualities::new(["2.5.259".parse().unwrap()]));
    let named = message.series.iter().find(|it| it.meter.as_ref().is_some_and(|it| it.as_str() == "Meter & Co. 5"));
    assert!(named.is_some());
    let of_usage_point = message.series.iter().filter(|it| it.meter.is_none()).count();
    assert_eq!(of_usage_point, 3);
    let last = message.readings[70];
    assert_eq!(last.value.unwrap().to_string(), "1009.500");
    assert_eq!(last.time_stamp.to_string(), "2024-01-15T23:00:00Z");
    let series = message.series_of(last);
    assert_eq!(series.usage_point.as_ref().unwrap().as_str(), "up-9");
    assert_eq!(series.reading_type, "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0".parse::<ReadingType>().unwrap());
}

#[test]
fn prefixes_cdata_comments_and_references_change_nothing() {
    let plain = read_text(&of_meter(&reading("12.50"))).unwrap();
    let odd = format!(
        "\u{feff}<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n<!-- a - b -->\n\
         <a:MeterReadings xmlns:a='http://iec.ch/TC57/2011/MeterReadings#' xmlns:b=\"http://iec.ch/TC57/2011/MeterReadings#\" \
         xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='x y'>\
         <b:MeterReading xmlns='http://iec.ch/TC57/2011/MeterReadings#' xsi:type='b:MeterReading'>\
         <Meter ><b:mRID><![CDATA[m]]></b:mRID ></Meter>\
         <a:Readings><timeStamp> 2024-01-15T11:15:00+01:00\n</timeStamp><value>1<!-- x -->2&#x2E;5&#48;</value>\
         <ReadingType\n ref = '{KWH}' xml:lang=\"de\"></ReadingType></a:Readings></b:MeterReading></a:MeterReadings>\n<!-- end -->\n"
    );
    let odd = read_text(&odd).unwrap();
    assert_eq!(odd.read, plain.read);
    assert!(odd.tolerances.is_empty(), "{:?}", odd.tolerances);
}

#[test]
fn what_is_lenient_is_counted() {
    let body = format!(
        "<MeterReadings xmlns='http://www.iec.ch/TC57/2011/MeterReadings#' xmlns:v='urn:vendor' \
           xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\
         <MeterReading>stray\
           <UsagePoint><mRID>u</mRID></UsagePoint>\
           <Meter><serialNumber>7</serialNumber><Names><NameType><name>t</name></NameType><name>n</name></Names><mRID>m</mRID></Meter>\
           <v:LoadProfile><v:x/></v:LoadProfile>\
           <Readings foo='1'><ReadingType ref=' {KWH} '/><value> +1.5e1 </value><timeStamp>2024-01-14T24:00:00Z</timeStamp>\
             <source>HES</source><reason> billing </reason><timePeriod><end/><start>2024-01-14T24:00:00Z</start></timePeriod></Readings>\
           <Readings><timeStamp>2024-01-15T00:15:00Z</timeStamp><value xsi:nil='true'/><ReadingType ref='{KWH}'/></Readings>\
           <Readings><timeStamp>2024-01-15T00:30:00Z</timeStamp><value/><ReadingQualities><comment>c</comment><source>VEE</source>\
             <timeStamp>2024-01-15T01:00:00Z</timeStamp><ReadingQualityType ref='2.5.259'/></ReadingQualities>\
             <ReadingQualities><comment>d</comment><ReadingQualityType ref='3.0.1'/></ReadingQualities>\
             <ReadingQualities><comment>c</comment><ReadingQualityType ref='3.0.2'/></ReadingQualities><ReadingType ref='{KWH}'/></Readings>\
         </MeterReading>\
         <w:MeterReading xmlns:w=''/></MeterReadings>"
    );
    // A prefix cannot be undeclared.
    assert!(read_text(&body).is_err());
    let body = body.replace("<w:MeterReading xmlns:w=''/>", "<MeterReading xmlns=''/>");
    let received = read_text(&body).unwrap();
    assert_eq!(received.read.violations, []);
    let message = &received.read.value;
    assert_eq!(message.readings[0].value.unwrap().to_string(), "15");
    assert_eq!(message.readings[0].time_stamp.to_string(), "2024-01-15T00:00:00Z");
    assert_eq!((message.readings[1].value, message.readings[2].value), (None, None));
    let said: Vec<_> = message.readings.iter().map(|it| message.details_of(*it)).collect();
    let [Some(first), None, Some(third)] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((first.source.as_deref(), first.reason.as_deref()), (Some("HES"), Some("billing")));
    assert_eq!(first.time_period, TimePeriod { start: Some(message.readings[0].time_stamp), end: None });
    assert_eq!(third.comment.as_deref(), Some("c"));
    assert_eq!(message.series.len(), 1);
    assert_eq!(message.series[0].meter.as_ref().unwrap().as_str(), "m");
    let counted: Vec<_> =
        received.tolerances.iter().map(|it| format!("{} {} {}", it.what, it.element, it.times)).collect();
    assert_eq!(
        counted,
        [
            "namespace-form MeterReadings 1",
            "stray-text MeterReadings/MeterReading 1",
            "order MeterReading/Meter 1",
            "unknown-element Meter/serialNumber 1",
            "not-kept Names/NameType 1",
            "order Names/name 1",
            "order Meter/mRID 1",
            "not-kept Meter/Names 1",
            "unknown-element MeterReading/LoadProfile 1",
            "unknown-attribute MeterReading/Readings 1",
            "blanks Readings/ReadingType 1",
            "order Readings/value 1",
            "blanks Readings/value 1",
            "order Readings/timeStamp 1",
            "end-of-day Readings/timeStamp 1",
            "order Readings/source 1",
            "order Readings/reason 1",
            "empty timePeriod/end 1",
            "end-of-day timePeriod/start 1",
            "nil Readings/value 1",
            "empty Readings/value 1",
            "not-kept ReadingQualities/source 1",
            "not-kept ReadingQualities/timeStamp 1",
            "not-kept ReadingQualities/comment 1",
            "no-namespace MeterReadings/MeterReading 1",
        ]
    );
    assert_eq!(received.read.warnings.len(), received.tolerances.iter().count());
}
