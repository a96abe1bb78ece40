//! What readings say besides their value.

use std::sync::Arc;

use metering_model::{ReadingDetails, TimePeriod, TimeStamp};

use super::super::{Options, Writer, write, write_page};
use super::written::recorded;
use super::*;
use crate::json;
use crate::xml::answer;

const REGISTER: &str = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
const PERIOD: &str = "<timePeriod><end>2024-02-01T00:00:00Z</end><start>2024-01-01T01:00:00+01:00</start></timePeriod>";

fn all() -> ReadingDetails {
    let at = |text: &str| Some(text.parse::<TimeStamp>().unwrap());
    ReadingDetails {
        reported: at("2024-01-15T10:20:00Z"),
        time_period: TimePeriod { start: at("2024-01-01T00:00:00Z"), end: at("2024-02-01T00:00:00Z") },
        source: Some("head-end <7>".into()),
        reason: Some("billing".into()),
        comment: Some("read\nby hand".into()),
    }
}

/// A reading outside of blocks with elements before its time stamp, with statements about its
/// quality, and with something behind its reading type.
fn register(before: &str, statements: &str, behind: &str) -> String {
    format!(
        "<Readings>{before}<timeStamp>2024-01-15T10:15:00Z</timeStamp><value>1.50</value>{statements}\
         <ReadingType ref=\"{REGISTER}\"/>{behind}</Readings>"
    )
}

/// A statement with a comment.
fn statement(comment: &str, code: &str) -> String {
    format!("<ReadingQualities><comment>{comment}</comment><ReadingQualityType ref=\"{code}\"/></ReadingQualities>")
}

fn register_with_all() -> String {
    let before = "<reason>billing</reason><reportedDateTime>2024-01-15T10:20:00Z</reportedDateTime>\
                  <source>head-end &lt;7&gt;</source>";
    register(before, &statement("read\nby hand", "1.0.0"), PERIOD)
}

fn register_of(source: &str) -> String {
    register(&format!("<source>{source}</source>"), "", "")
}

/// What these readings say besides, in a message that needs no tolerance.
fn read_details(readings: &[String]) -> (Vec<Option<ReadingDetails>>, MeterReadings) {
    let received = read_text(&of_meter(&readings.concat())).unwrap();
    assert_eq!((received.read.violations, received.read.warnings), (vec![], vec![]));
    (said(&received.read.value), received.read.value)
}

fn said(message: &MeterReadings) -> Vec<Option<ReadingDetails>> {
    message.readings.iter().map(|it| message.details_of(*it).cloned()).collect()
}

fn counted(received: &Received<MeterReadings>) -> Vec<String> {
    received.tolerances.iter().map(|it| format!("{} {}", it.what, it.element)).collect()
}

#[test]
fn all_of_it_is_read_and_nothing_is_needed() {
    let (details, message) = read_details(&[register("", "", ""), register_with_all(), register("", "", "")]);
    assert_eq!(details, [None, Some(all()), None]);
    assert_eq!(message.details, [all()]);
    assert_eq!(message.qualities.len(), 1);
}

#[test]
fn a_reading_of_a_block_has_all_but_a_reason() {
    let interval = format!(
        "<IntervalReadings><reportedDateTime>2024-01-15T10:20:00Z</reportedDateTime><source>head-end &lt;7></source>\
         <timeStamp>2024-01-15T10:15:00Z</timeStamp>{}{PERIOD}</IntervalReadings>",
        statement("read\nby hand", "2.5.259")
    );
    let block = format!("<IntervalBlocks>{interval}{interval}<ReadingType ref='{KWH}'/></IntervalBlocks>");
    let body = message(&format!("<MeterReading>{block}<Meter><mRID>m</mRID></Meter></MeterReading>"));
    let received = read_text(&body).unwrap();
    assert_eq!((counted(&received), received.read.violations), (vec![], vec![]));
    let expected = ReadingDetails { reason: None, ..all() };
    assert_eq!(said(&received.read.value), [Some(expected.clone()), Some(expected.clone())]);
    assert_eq!(received.read.value.details, [expected]);
    let again = interval.replace("7>", "7&gt;").replace("2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00Z");
    assert!(written(&received.read.value).0.contains(&again.repeat(2)));
    let received = read_text(&body.replacen("<source>", "<reason>other</reason><source>", 1)).unwrap();
    assert_eq!(counted(&received), ["unknown-element IntervalReadings/reason"]);
}

#[test]
fn what_says_nothing_is_no_detail() {
    let (details, message) = read_details(&[register("", "", "<timePeriod/>")]);
    assert_eq!((details, message.details.len()), (vec![None], 0));
    for (empty, element) in [
        (register_of(""), "Readings/source"),
        (register("<reason/>", "", ""), "Readings/reason"),
        (register("<reportedDateTime> </reportedDateTime>", "", ""), "Readings/reportedDateTime"),
        (register("", &statement("", "1.0.0"), ""), "ReadingQualities/comment"),
        (register("", "", "<timePeriod><end/></timePeriod>"), "timePeriod/end"),
    ] {
        let received = read_text(&of_meter(&empty)).unwrap();
        assert_eq!(received.read.value.readings[0].details, None, "{empty}");
        assert_eq!(counted(&received), [format!("empty {element}")]);
    }
}

#[test]
fn neighbours_that_say_the_same_share_it() {
    let (details, message) = read_details(&[
        register_of("a"),
        register_of("a"),
        register("", "", ""),
        register_of("<![CDATA[a]]>"),
        register("<reason>other</reason><source>&#97;</source>", "", ""),
        register_of("b"),
    ]);
    let sources: Vec<_> = details.iter().map(|it| it.as_ref().and_then(|it| it.source.as_deref())).collect();
    assert_eq!(sources, [Some("a"), Some("a"), None, Some("a"), Some("a"), Some("b")]);
    let [first, second, _] = message.details.as_slice() else { panic!("{:?}", message.details) };
    let (one, other) = (first.source.as_ref().unwrap(), second.source.as_ref().unwrap());
    assert!(Arc::ptr_eq(one, other), "one text for both");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let reported = |text: &str| register(&format!("<reportedDateTime>{text}</reportedDateTime>"), "", "");
    let period = |inside: &str| register("", "", &format!("<timePeriod>{inside}</timePeriod>"));
    let path = "/m:MeterReadings/m:MeterReading[1]/m:Readings[2]/m:";
    for (broken, expected, element) in [
        (reported("2024-01-15T10:00:00"), "reportedDateTime invalid-time", "reportedDateTime"),
        (reported("1</reportedDateTime><reportedDateTime>2"), "reportedDateTime invalid-time", "reportedDateTime"),
        (period("<start>yesterday</start>"), "timePeriod/start invalid-time", "timePeriod/m:start"),
        (period("<end>2024-02-30T00:00:00Z</end>"), "timePeriod/end invalid-time", "timePeriod/m:end"),
        (period("<end/><end/>"), "timePeriod/end duplicate-field", "timePeriod/m:end"),
        (register("", "", &PERIOD.repeat(2)), "timePeriod duplicate-field", "timePeriod"),
        (register_of("a</source><source>b"), "source duplicate-field", "source"),
        (register("<reason>a</reason><reason>b</reason>", "", ""), "reason duplicate-field", "reason"),
        (
            register("", &statement("a</comment><comment>b", "1.0.0"), ""),
            "quality/0 duplicate-field",
            "ReadingQualities[1]",
        ),
    ] {
        let received = read_text(&of_meter(&format!("{}{broken}", reading("1")))).unwrap();
        assert_eq!(told(&received.read.violations)[0], format!("1 {expected}"), "{broken}");
        assert_eq!(received.places.xpath(&received.read.violations[0].at), format!("{path}{element}"));
        let message = received.read.value;
        assert_eq!((message.readings.len(), message.details.len()), (1, 0));
    }
}

fn written(message: &MeterReadings) -> (String, String) {
    let mut out = Vec::new();
    let omitted = write(message, &Namespaces::default(), &mut out);
    (String::from_utf8(out).unwrap(), omitted.to_string())
}

#[test]
fn all_of_it_is_written_in_the_order_of_the_schema() {
    let (_, message) = read_details(&[register_with_all()]);
    let (text, omitted) = written(&message);
    let expected = register_with_all().replace("2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00Z");
    assert!(text.contains(&expected), "{text}");
    assert_eq!(omitted, "");
    // The comment stands in the first statement of several.
    let statements = format!("{}{}", statement("c", "2.5.259"), statement("c", "3.0.1"));
    let (_, message) = read_details(&[register("", &statements, "")]);
    let second = "<ReadingQualities><ReadingQualityType ref=\"3.0.1\"/></ReadingQualities>";
    let (text, _) = written(&message);
    assert!(text.contains(&format!("{}{second}<ReadingType ", statement("c", "2.5.259"))), "{text}");
}

#[test]
fn what_has_a_reason_of_the_standard_stands_outside_of_blocks() {
    let at = |hour: u32, reason: &str| {
        let before = if reason.is_empty() { String::new() } else { format!("<reason>{reason}</reason>") };
        register(&before, "", "").replace(REGISTER, KWH).replace("T10:", &format!("T{hour}:"))
    };
    let readings = [at(10, ""), at(11, "moveIn"), at(12, ""), at(13, "because"), at(14, "moveIn")];
    let (details, message) = read_details(&readings);
    let (text, omitted) = written(&message);
    assert_eq!(omitted, "reason");
    let shape = ["<MeterReading>", "<IntervalBlocks>", "<IntervalReadings>", "<Meter>", "<Readings>", "because"]
        .map(|it| text.matches(it).count());
    assert_eq!(shape, [2, 2, 3, 2, 2, 0], "{text}");
    let again = read_text(&text).unwrap();
    assert!(again.tolerances.is_empty(), "{:?}", again.tolerances);
    let mut expected = details;
    expected[3] = None;
    assert_eq!(said(&again.read.value), expected);
}

#[test]
fn what_xml_cannot_carry_is_named() {
    for (field, text) in [("source", "\u{1}"), ("source", "\n a"), ("comment", "a\t"), ("comment", "\u{ffff}")] {
        let (_, mut message) = read_details(&[register_with_all()]);
        let details = &mut message.details[0];
        *if field == "source" { &mut details.source } else { &mut details.comment } = Some(text.into());
        assert_eq!(written(&message).1, field);
    }
    let (_, mut message) = read_details(&[register_with_all()]);
    let nothing = Some("".into());
    message.details[0] = ReadingDetails { source: nothing.clone(), comment: nothing, ..ReadingDetails::default() };
    let (text, omitted) = written(&message);
    assert!(!text.contains("source") && !text.contains("comment") && omitted.is_empty(), "{text}");
}

#[test]
fn a_page_of_ours_has_all_of_it_under_the_names_of_json() {
    let end_only = "<timePeriod><end>2024-02-01T00:00:00Z</end></timePeriod>";
    let (_, message) = read_details(&[register_with_all(), register("", "", end_only), register("", "", "")]);
    let page = recorded(message);
    let (mut out, mut json, mut said) = (Vec::new(), Vec::new(), Vec::new());
    write_page(&page, &Options::default(), None, &mut out);
    json::meter_readings::write_page(&page, &Options::default(), None, &mut json);
    answer("page", &json, &mut said);
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text, String::from_utf8(said).unwrap());
    let all = "</qualityCodes><reportedDateTime>2024-01-15T10:20:00Z</reportedDateTime>\
               <timePeriod><start>2024-01-01T00:00:00Z</start><end>2024-02-01T00:00:00Z</end></timePeriod>\
               <source>head-end &lt;7&gt;</source><reason>billing</reason><comment>read\nby hand</comment><revision>";
    assert!(text.contains(all), "{text}");
    let mut out = Vec::new();
    let mut writer = Writer::begin(&Namespaces::default(), &mut out);
    writer.page(&page, &mut out);
    assert_eq!(writer.end(&mut out).to_string(), "recordedAt, revision");
    let again = read(&out, &Namespaces::default(), &Limits::default()).unwrap().read.value;
    assert_eq!(again.details, page.details);
}
