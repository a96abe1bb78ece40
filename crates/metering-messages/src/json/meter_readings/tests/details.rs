use std::sync::Arc;

use metering_model::{Reading, ReadingDetails, RecordedBy, RecordedReading, RecordedReadings, TimePeriod, TimeStamp};

use super::super::{Options, write_page};
use super::*;

const ALL: &str = "\"reportedDateTime\":\"2024-01-15T11:00:00+01:00\";\"timePeriod\":{\"start\":\"2024-01-01T00:00:00Z\",\
    \"end\":\"2024-02-01T00:00:00Z\"};\"source\":\"head-end \\\"7\\\"\";\"reason\":\"billing\";\"comment\":\"read\\nby hand\"";

fn all() -> ReadingDetails {
    let at = |text: &str| Some(text.parse::<TimeStamp>().unwrap());
    ReadingDetails {
        reported: at("2024-01-15T10:00:00Z"),
        time_period: TimePeriod { start: at("2024-01-01T00:00:00Z"), end: at("2024-02-01T00:00:00Z") },
        source: Some("head-end \"7\"".into()),
        reason: Some("billing".into()),
        comment: Some("read\nby hand".into()),
    }
}

/// What these readings say besides.
fn read_details(items: &[&str]) -> (Vec<Option<ReadingDetails>>, MeterReadings) {
    let read = read_text(&list(&items.iter().map(|it| reading(it)).collect::<Vec<_>>())).unwrap();
    assert_eq!((read.violations, read.warnings), (vec![], vec![]));
    let message = read.value;
    (message.readings.iter().map(|it| message.details_of(*it).cloned()).collect(), message)
}

#[test]
fn all_of_it_is_read_and_nothing_is_needed() {
    let (details, message) = read_details(&["", ALL, ""]);
    assert_eq!(details, [None, Some(all()), None]);
    assert_eq!(message.details, [all()]);
}

#[test]
fn what_says_nothing_is_no_detail() {
    let nothing = [
        "\"source\":\"\"",
        "\"timePeriod\":{}",
        "\"timePeriod\":null",
        "\"timePeriod\":{\"start\":null};\"comment\":\"\"",
        "\"reportedDateTime\":null;\"reason\":null",
    ];
    let (details, message) = read_details(&nothing);
    assert_eq!((details, message.details.len()), (vec![None; nothing.len()], 0));
}

#[test]
fn neighbours_that_say_the_same_share_it() {
    let (details, message) = read_details(&[
        "\"source\":\"a\"",
        "\"source\":\"a\"",
        "",
        "\"source\":\"a\"",
        "\"source\":\"\\u0061\"",
        "\"source\":\"a\";\"reason\":\"other\"",
        "\"source\":\"b\"",
    ]);
    assert_eq!(message.details.len(), 3);
    let said: Vec<_> = details.iter().map(|it| it.as_ref().and_then(|it| it.source.as_deref())).collect();
    assert_eq!(said, [Some("a"), Some("a"), None, Some("a"), Some("a"), Some("a"), Some("b")]);
    let [first, second, _] = message.details.as_slice() else { panic!("{:?}", message.details) };
    let (one, other) = (first.source.as_ref().unwrap(), second.source.as_ref().unwrap());
    assert!(Arc::ptr_eq(one, other), "one text for both");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (members, expected) in [
        ("\"reportedDateTime\":\"2024-01-15T10:00:00\"", "reportedDateTime invalid-time"),
        ("\"reportedDateTime\":1", "reportedDateTime wrong-kind"),
        ("\"timePeriod\":\"2024-01\"", "timePeriod wrong-kind"),
        ("\"timePeriod\":[]", "timePeriod wrong-kind"),
        ("\"timePeriod\":{\"begin\":\"2024-01-01T00:00:00Z\"}", "timePeriod/begin unknown-field"),
        ("\"timePeriod\":{\"start\":\"yesterday\"}", "timePeriod/start invalid-time"),
        ("\"timePeriod\":{\"end\":7}", "timePeriod/end wrong-kind"),
        ("\"source\":7", "source wrong-kind"),
        ("\"reason\":[\"billing\"]", "reason wrong-kind"),
        ("\"comment\":\"\\ud800\"", "comment invalid-text"),
        ("\"comment\":\"a\";\"comment\":\"b\"", "comment duplicate-field"),
    ] {
        assert_eq!(told_of(members), [format!("#/readings/1/{expected}")], "{members}");
    }
    // What is wrong once is wrong for a neighbour that repeats it.
    let twice = list(&[reading("\"source\":7"), reading("\"source\":7")]);
    assert_eq!(told(&read_text(&twice).unwrap().violations).len(), 2);
}

#[test]
fn all_of_it_is_answered_and_what_is_absent_is_not() {
    let (_, message) = read_details(&[ALL, "\"timePeriod\":{\"end\":\"2024-02-01T00:00:00Z\"}", ""]);
    let MeterReadings { series, qualities, details, readings, received: _ } = message;
    let page = RecordedReadings {
        series,
        qualities,
        details,
        changes: vec![RecordedBy { recorded_at: TimeStamp::EPOCH, receipt: String::new() }],
        readings: readings
            .into_iter()
            .map(|reading: Reading| RecordedReading { reading, revision: 1, current: true, change: 0 })
            .collect(),
    };
    let mut out = Vec::new();
    write_page(&page, &Options::default(), None, &mut out);
    let text = String::from_utf8(out).unwrap();
    let behind_qualities: Vec<_> = text
        .split("\"qualityCodes\":[\"1.0.0\"]")
        .skip(1)
        .map(|it| it.split_once(",\"revision\"").unwrap().0)
        .collect();
    assert_eq!(
        behind_qualities,
        [
            concat!(
                r#","reportedDateTime":"2024-01-15T10:00:00Z","#,
                r#""timePeriod":{"start":"2024-01-01T00:00:00Z","end":"2024-02-01T00:00:00Z"},"#,
                r#""source":"head-end \"7\"","reason":"billing","comment":"read\nby hand""#
            ),
            r#","timePeriod":{"end":"2024-02-01T00:00:00Z"}"#,
            "",
        ]
    );
}
