use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Result<String, TimeStampError> {
    text.parse::<TimeStamp>().map(|it| it.to_string())
}

#[test]
fn offsets_become_utc_and_fractions_stay() {
    assert_eq!(read("2024-01-15T10:00:00Z").as_deref(), Ok("2024-01-15T10:00:00Z"));
    assert_eq!(read("2024-01-15T10:00:00.5-05:00").as_deref(), Ok("2024-01-15T15:00:00.500Z"));
    assert_eq!(read("2024-01-15T10:00:00.000001Z").as_deref(), Ok("2024-01-15T10:00:00.000001Z"));
    assert_eq!(read("2024-01-15T10:00:00 01:00").as_deref(), Ok("2024-01-15T09:00:00Z"));
    assert_eq!(read("2024-01-15T10:00:00.000000000Z").as_deref(), Ok("2024-01-15T10:00:00Z"));
    assert_eq!(read("2024-01-15T10:00:00.123456000000000000Z").as_deref(), Ok("2024-01-15T10:00:00.123456Z"));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    assert_eq!(read("2024-01-15T10:00:00"), Err(TimeStampError::NoOffset));
    assert_eq!(read("2024-01-15T10:00:00.123"), Err(TimeStampError::NoOffset));
    assert_eq!(read("2024-01-15T10:00:00.0000001Z"), Err(TimeStampError::TooFine));
    assert_eq!(read("2024-01-15T10:00:00.0000000000000001Z"), Err(TimeStampError::TooFine));
    assert_eq!(read("2024-01-15T10:00:00.Z"), Err(TimeStampError::NotATime));
    assert_eq!(read("2016-12-31T23:59:60Z"), Err(TimeStampError::LeapSecond));
    for text in [
        "",
        "2024-01-15",
        "2024-02-30T10:00:00Z",
        "2024-01-15t10:00:00Z",
        "2024-01-15 10:00:00Z",
        "2024-01-15T24:00:00Z",
        "2024-01-15T10:00:00z",
        "2024-01-15T10:00:00+0100",
        "2024-01-15T10:00:00ä+01:00",
        "äääääääääääääääääää",
    ] {
        assert_eq!(read(text), Err(TimeStampError::NotATime), "{text:?}");
    }
}

#[test]
fn offsets_are_those_that_rfc_3339_has() {
    for (offset, utc) in [
        ("Z", "2024-01-15T10:00:00Z"),
        ("-00:00", "2024-01-15T10:00:00Z"),
        ("+00:00", "2024-01-15T10:00:00Z"),
        ("+14:00", "2024-01-14T20:00:00Z"),
        ("-12:00", "2024-01-15T22:00:00Z"),
        ("+05:45", "2024-01-15T04:15:00Z"),
        ("+23:59", "2024-01-14T10:01:00Z"),
    ] {
        assert_eq!(read(&format!("2024-01-15T10:00:00{offset}")).as_deref(), Ok(utc), "{offset}");
    }
    for offset in ["+24:00", "-24:00", "+01:60", "+1:00", "+01", "+01:0", "+01:00:00", "ZZ", "\u{2212}01:00", " 1:00"] {
        assert_eq!(read(&format!("2024-01-15T10:00:00{offset}")), Err(TimeStampError::NotATime), "{offset}");
    }
}

#[test]
fn dates_are_those_of_the_calendar_in_the_years_1_to_9999() {
    for date in ["2024-02-29", "2000-02-29", "0001-01-01", "1900-02-28"] {
        assert_eq!(read(&format!("{date}T00:00:00Z")), Ok(format!("{date}T00:00:00Z")));
    }
    for date in ["2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31", "+024-01-01"] {
        assert_eq!(read(&format!("{date}T00:00:00Z")), Err(TimeStampError::NotATime), "{date}");
    }
    assert_eq!(read("0000-12-31T23:59:59Z"), Err(TimeStampError::OutOfRange));
    assert_eq!(read("0000-12-31T23:59:59-01:00").as_deref(), Ok("0001-01-01T00:59:59Z"));
    assert_eq!(read("10000-01-01T00:00:00Z"), Err(TimeStampError::NotATime));
    for micros in [i64::MIN, TimeStamp::MIN.micros() - 1, TimeStamp::MAX.micros() + 1, i64::MAX] {
        assert_eq!(TimeStamp::from_micros(micros), Err(TimeStampError::OutOfRange));
    }
    for seconds in [i64::MIN, i64::MAX] {
        let end = TimeStamp::EPOCH.plus_seconds(seconds);
        assert!(end == TimeStamp::MIN || end == TimeStamp::MAX);
    }
}

proptest! {
    #[test]
    fn printing_and_reading_are_inverse(micros in FIRST..=LAST) {
        let instant = TimeStamp::from_micros(micros).unwrap();
        prop_assert_eq!(instant.to_string().parse(), Ok(instant));
        prop_assert_eq!(TimeStamp::try_from(DateTime::<Utc>::from(instant)), Ok(instant));
    }

    #[test]
    fn no_text_makes_it_panic(text in ".*", near in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].{0,4}[0-9:.]{0,12}[Zz +\\-].{0,6}") {
        let _ = (text.parse::<TimeStamp>(), near.parse::<TimeStamp>());
    }
}

#[test]
fn the_ends_of_time_hold() {
    assert_eq!(TimeStamp::MIN.to_string(), "0001-01-01T00:00:00Z");
    assert_eq!(TimeStamp::MAX.to_string(), "9999-12-31T23:59:59.999999Z");
    assert_eq!(read("9999-12-31T23:59:59-01:00"), Err(TimeStampError::OutOfRange));
    assert_eq!(TimeStamp::MAX.plus_seconds(1), TimeStamp::MAX);
}
