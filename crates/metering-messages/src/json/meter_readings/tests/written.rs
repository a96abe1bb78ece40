use metering_model::{
    Qualities, Reading, RecordedBy, RecordedReading, RecordedReadings, RecordedSeries, Series, TimeStamp,
};

use super::super::{Options, Unit, Writer, write_page, write_series};
use super::*;

const QUARTER_HOURS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";

fn page() -> RecordedReadings {
    let series = |meter: Option<&str>, usage_point: Option<&str>, code: &str| Series {
        meter: meter.map(|id| id.parse().unwrap()),
        usage_point: usage_point.map(|id| id.parse().unwrap()),
        reading_type: code.parse().unwrap(),
    };
    let reading = |series, value: Option<&str>, qualities, revision, change| RecordedReading {
        reading: Reading {
            time_stamp: "2024-01-15T10:15:00Z".parse().unwrap(),
            value: value.map(|value| value.parse().unwrap()),
            series,
            qualities,
            details: None,
            place: 0,
        },
        revision,
        current: revision == 2,
        change,
    };
    RecordedReadings {
        series: vec![
            series(Some("12\"34"), None, QUARTER_HOURS),
            series(None, Some("up"), "0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        ],
        qualities: vec![Qualities::good(), Qualities::new(["2.5.259", "2.8.0"].map(|it| it.parse().unwrap()))],
        details: Vec::new(),
        changes: vec![
            RecordedBy { recorded_at: "2024-01-15T10:20:00.5Z".parse().unwrap(), receipt: "r-1".to_owned() },
            RecordedBy { recorded_at: "2024-01-15T11:00:00Z".parse().unwrap(), receipt: "r-2".to_owned() },
        ],
        readings: vec![
            reading(0, Some("1234.50"), 0, 1, 0),
            reading(0, None, 1, 2, 1),
            reading(1, Some("230.1"), 0, 1, 1),
        ],
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    let text = String::from_utf8(out).unwrap();
    crate::json::schema::tests::is_one_of(&["MeterReadingsPage", "SeriesList"], &text);
    text
}

#[test]
fn a_page_carries_words_codes_digits_and_revisions() {
    let text = written(|out| write_page(&page(), &Options::default(), Some("c\"1"), out));
    let expected = [
        r#"{"readings":[{"meterId":"12\"34","readingType":"intervalData","measurement":"activeEnergy","interval":"PT15M","#,
        r#""unit":"kWh","multiplier":0,"energyDirection":"forward","readingTypeCode":"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0","#,
        r#""readingDateTime":"2024-01-15T10:15:00Z","value":1234.50,"quality":"good","qualityCodes":["1.0.0"],"#,
        r#""revision":1,"recordedAt":"2024-01-15T10:20:00.500Z"},"#,
        r#"{"meterId":"12\"34","readingType":"intervalData","measurement":"activeEnergy","interval":"PT15M","#,
        r#""unit":"kWh","multiplier":0,"energyDirection":"forward","readingTypeCode":"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0","#,
        r#""readingDateTime":"2024-01-15T10:15:00Z","value":null,"quality":["missing","2.8.0"],"#,
        r#""qualityCodes":["2.5.259","2.8.0"],"revision":2,"recordedAt":"2024-01-15T11:00:00Z"},"#,
        r#"{"usagePointId":"up","readingType":"instantaneous","measurement":"voltage","unit":"V","multiplier":0,"phase":"AN","#,
        r#""readingTypeCode":"0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0","readingDateTime":"2024-01-15T10:15:00Z","#,
        r#""value":230.1,"quality":"good","qualityCodes":["1.0.0"],"revision":1,"recordedAt":"2024-01-15T11:00:00Z"}],"#,
        r#""next":"c\"1"}"#,
    ];
    assert_eq!(text, expected.concat());
}

#[test]
fn revisions_say_whether_they_stand_and_where_they_came_from() {
    let options = Options { revisions: true, unit: None };
    let text = written(|out| write_page(&page(), &options, None, out));
    assert!(text.contains(r#""revision":1,"current":false,"recordedAt":"2024-01-15T10:20:00.500Z","receipt":"r-1"}"#));
    assert!(text.contains(r#""revision":2,"current":true,"recordedAt":"2024-01-15T11:00:00Z","receipt":"r-2"}"#));
    assert!(text.ends_with("],\"next\":null}"));
}

#[test]
fn a_unit_converts_what_it_measures_and_the_code_follows() {
    let options = Options { revisions: false, unit: Some(Unit::of("MWh").unwrap()) };
    let text = written(|out| write_page(&page(), &options, None, out));
    let converted = concat!(
        r#""unit":"MWh","multiplier":0,"energyDirection":"forward","readingTypeCode":"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.6.72.0","#,
        r#""storedReadingTypeCode":"0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0","readingDateTime":"2024-01-15T10:15:00Z","value":1.23450,"#
    );
    assert!(text.contains(converted), "{text}");
    assert!(text.contains(r#""value":230.1"#));
    assert_eq!(text.matches("storedReadingTypeCode").count(), 2);
}

#[test]
fn a_value_that_is_not_exact_in_the_unit_stays_as_it_is_stored() {
    let mut page = page();
    page.readings.truncate(1);
    page.readings[0].reading.value = Some("0.000000000001".parse().unwrap());
    let options = Options { revisions: false, unit: Some(Unit::of("MWh").unwrap()) };
    let text = written(|out| write_page(&page, &options, None, out));
    assert!(text.contains(r#""unit":"kWh""#) && text.contains(r#""value":0.000000000001"#), "{text}");
    assert!(!text.contains("storedReadingTypeCode"));
}

#[test]
fn pages_join_in_one_answer() {
    let text = written(|out| {
        let mut writer = Writer::begin(Options::default(), out);
        writer.page(&RecordedReadings::default(), out);
        writer.page(&page(), out);
        writer.page(&RecordedReadings::default(), out);
        writer.page(&page(), out);
        writer.end(None, out);
    });
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["readings"].as_array().unwrap().len(), 6);
}

#[test]
fn what_is_written_reads_back_as_the_same_readings() {
    // The fields that only the server sets are no fields of a request.
    let text = written(|out| write_page(&page(), &Options::default(), None, out));
    let mut answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    for item in answer["readings"].as_array_mut().unwrap() {
        for name in ["qualityCodes", "revision", "recordedAt"] {
            item.as_object_mut().unwrap().remove(name);
        }
    }
    answer.as_object_mut().unwrap().remove("next");
    let read = read_text(&answer.to_string()).unwrap();
    assert_eq!(read.violations, []);
    assert_eq!((read.value.series, read.value.qualities), (page().series, page().qualities));
    assert!(read.value.readings.iter().zip(page().readings).all(|(is, was)| is.value == was.reading.value));
}

#[test]
fn series_say_what_is_stored_of_them() {
    let RecordedReadings { mut series, .. } = page();
    let recorded = RecordedSeries {
        series: series.swap_remove(1),
        first: TimeStamp::EPOCH,
        last: "2024-01-15T10:15:00Z".parse().unwrap(),
        count: 96,
    };
    assert_eq!(
        written(|out| write_series(&[recorded], out)),
        concat!(
            r#"{"series":[{"usagePointId":"up","readingType":"instantaneous","measurement":"voltage","unit":"V","multiplier":0,"#,
            r#""phase":"AN","readingTypeCode":"0.0.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0","#,
            r#""first":"1970-01-01T00:00:00Z","last":"2024-01-15T10:15:00Z","count":96}]}"#
        )
    );
}
