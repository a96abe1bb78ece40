use super::*;

#[test]
fn the_example_of_the_api_document_is_read_word_for_word() {
    let read = read_text(
        r#"{"readings":[{"meterId":"1234LG","readingType":"intervalData","readingDateTime":"2024-01-15T10:00:00Z","value":1234.56,"unit":"kWh","multiplier":0,"phase":"ABC","energyDirection":"forward","quality":"good"}]}"#,
    )
    .unwrap();
    assert!(!read.alone && read.violations.is_empty() && read.warnings.is_empty());
    let message = &read.value;
    let [only] = message.readings.as_slice() else { panic!("{message:?}") };
    let series = message.series_of(*only);
    assert_eq!(series.meter.as_ref().unwrap().as_str(), "1234LG");
    assert_eq!(series.usage_point, None);
    assert_eq!(series.reading_type.to_string(), "0.0.0.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0");
    assert_eq!(only.time_stamp.to_string(), "2024-01-15T10:00:00Z");
    assert_eq!(only.value.unwrap().to_string(), "1234.56");
    assert_eq!(message.qualities_of(*only), &metering_model::Qualities::good());
    assert_eq!((only.place, message.received), (0, 1));
}

#[test]
fn digits_come_in_as_they_were_written() {
    for digits in ["1234.50", "\"1234.50\"", "0.00", "-0.001", "999999999999999999", "0.000000000001", "\"100\""] {
        let read = read_text(&list(&[reading(&format!("\"value\":{digits}"))])).unwrap();
        assert_eq!(read.value.readings[0].value.unwrap().to_string(), digits.trim_matches('"'));
    }
}

#[test]
fn a_value_may_be_absent_or_null() {
    for members in ["\"value\":", "\"value\":null;\"quality\":\"missing\""] {
        let read = read_text(&list(&[reading(members)])).unwrap();
        assert_eq!(read.violations, []);
        assert_eq!(read.value.readings[0].value, None);
    }
}

#[test]
fn one_reading_may_stand_alone() {
    let read = read_text(&reading("")).unwrap();
    assert!(read.alone);
    assert_eq!((read.value.received, read.value.readings.len()), (1, 1));
    let read = read_text(&reading("\"value\":true")).unwrap();
    assert!(read.alone);
    assert_eq!(pointer("", &read.violations[0].at), "#/value");
}

#[test]
fn an_empty_list_is_a_message() {
    let read = read_text(r#" { "readings" : [ ] } "#).unwrap();
    assert_eq!((read.value.received, read.alone), (0, false));
}

#[test]
fn null_is_the_same_as_absent() {
    let nulls = "\"usagePointId\":null;\"phase\":null;\"multiplier\":null;\"quality\":null;\"readingTypeCode\":null";
    let read = read_text(&list(&[reading(nulls), reading("")])).unwrap();
    assert_eq!(read.violations, []);
    assert_eq!((read.value.series.len(), read.value.qualities.len()), (1, 1));
}

#[test]
fn a_series_is_the_same_however_it_is_spelled() {
    let escaped = "\"meterId\":\"12\\u00334LG\";\"unit\":\"k\\u0057h\"";
    let code = "\"readingType\":;\"unit\":;\"readingTypeCode\":\"0.0.0.4.0.1.12.0.0.0.0.0.0.0.0.3.72.0\"";
    let as_type = "\"unit\":;\"readingType\":\"0.0.0.4.0.1.12.0.0.0.0.0.0.0.0.3.72.0\"";
    let other = "\"multiplier\":3;\"unit\":\"Wh\"";
    let read = read_text(&list(&["", escaped, code, as_type, other, ""].map(reading))).unwrap();
    assert_eq!(read.violations, []);
    assert_eq!(read.value.series.len(), 1, "{:?}", read.value.series);
    assert!(read.value.readings.iter().all(|it| it.series == 0));
}

#[test]
fn meter_usage_point_and_type_tell_series_apart() {
    let items = [
        "",
        "\"usagePointId\":\"up\"",
        "\"usagePointId\":\"up\";\"meterId\":",
        "\"meterId\":\"2\"",
        "\"phase\":\"A\"",
        "\"phase\":\"A\"",
        "",
    ];
    let read = read_text(&list(&items.map(reading))).unwrap();
    assert_eq!(read.violations, []);
    let numbers: Vec<_> = read.value.readings.iter().map(|it| it.series).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 4, 0]);
}

#[test]
fn more_spellings_than_are_kept_are_still_the_same_series() {
    let items: Vec<_> = (0..120).map(|at| reading(&format!("\"timeOfUse\":{}", at % 40))).collect();
    let read = read_text(&list(&items)).unwrap();
    assert_eq!(read.value.series.len(), 40);
    assert!(read.value.readings.iter().all(|it| it.series == it.place % 40));
}

#[test]
fn qualities_are_words_codes_or_lists_and_each_list_is_kept_once() {
    let items = [
        "",
        "\"quality\":\"good\"",
        "\"quality\":\"1.0.0\"",
        "\"quality\":[]",
        "\"quality\":[\"estimated\",\"2.5.259\"]",
        "\"quality\":[\"2.5.259\",\"3.8.0\",\"estimated\"]",
    ];
    let read = read_text(&list(&items.map(reading))).unwrap();
    assert_eq!(read.violations, []);
    assert_eq!(read.value.qualities.len(), 2);
    let numbers: Vec<_> = read.value.readings.iter().map(|it| it.qualities).collect();
    assert_eq!(numbers, [0, 0, 0, 0, 1, 1]);
}

#[test]
fn escaped_names_and_texts_are_read() {
    let body = r#"{"\u0072eadings":[{"meter\u0049d":"a\"\u00e4","readingType":"interval\u0044ata","unit":"kWh","readingDateTime":"2024-01-15T10\u003a00:00Z","v\u0061lue":1}]}"#;
    let read = read_text(body).unwrap();
    assert_eq!(read.violations, []);
    assert_eq!(read.value.series[0].meter.as_ref().unwrap().as_str(), "a\"\u{e4}");
}
