use chrono::NaiveDate;

use super::*;
use crate::TimeStamp;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn stamp(text: &str) -> TimeStamp {
    text.parse().unwrap()
}

#[test]
fn an_offset_moves_the_day() {
    for (zone, from) in [
        ("UTC", "2024-03-31T00:00:00Z"),
        ("Z", "2024-03-31T00:00:00Z"),
        ("+00:00", "2024-03-31T00:00:00Z"),
        ("+14:00", "2024-03-30T10:00:00Z"),
        ("-09:30", "2024-03-31T09:30:00Z"),
    ] {
        let zone: Zone = zone.parse().unwrap();
        let day = zone.day(date("2024-03-31")).unwrap();
        assert_eq!(day.from(), stamp(from), "{zone}");
        assert_eq!(day.to(), stamp(from).plus_seconds(86_400), "{zone}");
    }
}

#[test]
fn what_is_no_zone_is_refused_with_what_would_be_right() {
    for text in
        ["", "utc", "+1:00", "+01:60", "+24:00", "01:00", "+0100", "+01:00:00", "Europe/Nowhere", "europe/berlin"]
    {
        let error = text.parse::<Zone>().unwrap_err().to_string();
        assert!(error.contains(&format!("`{text}`")) && error.contains("+01:00"), "{error}");
    }
    for text in ["UTC", "+05:45", "-03:30"] {
        assert_eq!(text.parse::<Zone>().unwrap().to_string(), text);
    }
}

#[cfg(not(feature = "time-zones"))]
#[test]
fn without_the_feature_a_name_says_what_is_missing() {
    assert!("Europe/Berlin".parse::<Zone>().unwrap_err().to_string().ends_with("without the feature time-zones"));
}

#[test]
fn a_period_is_after_its_beginning_to_its_end() {
    let (from, to) = (stamp("2024-01-15T00:00:00Z"), stamp("2024-01-16T00:00:00Z"));
    let day = Period::new(from, to).unwrap();
    assert!(!day.contains(from) && day.contains(from.plus_seconds(1)) && day.contains(to));
    assert!(!day.contains(to.plus_seconds(1)) && !day.is_empty());
    let empty = Period::new(to, to).unwrap();
    assert!(empty.is_empty() && !empty.contains(to));
    assert_eq!(
        Period::new(to, from).unwrap_err().to_string(),
        "a period ends at its beginning or later; 2024-01-15T00:00:00Z is before 2024-01-16T00:00:00Z"
    );
}

#[test]
fn a_billing_period_closes_with_the_day_or_the_last_of_a_shorter_month() {
    for (year, month, closing, from, to) in [
        (2024, 2, 31, "2024-02-01", "2024-03-01"),
        (2024, 2, 30, "2024-01-31", "2024-03-01"),
        (2024, 3, 30, "2024-03-01", "2024-03-31"),
        (2023, 2, 29, "2023-01-30", "2023-03-01"),
        (2023, 3, 29, "2023-03-01", "2023-03-30"),
        (2024, 1, 15, "2023-12-16", "2024-01-16"),
        (2024, 12, 31, "2024-12-01", "2025-01-01"),
        (2024, 1, 1, "2023-12-02", "2024-01-02"),
    ] {
        let period = Zone::UTC.billing_period(year, month, ClosingDay::new(closing).unwrap()).unwrap();
        let expected = |day: &str| stamp(&format!("{day}T00:00:00Z"));
        assert_eq!((period.from(), period.to()), (expected(from), expected(to)), "{year}-{month} closing {closing}");
    }
}

#[test]
fn every_date_lies_in_its_billing_period_and_they_follow_each_other() {
    for closing in 1..=31 {
        let closing = ClosingDay::new(closing).unwrap();
        let mut before = Zone::UTC.billing_period(2022, 12, closing).unwrap();
        for (day, period) in Zone::UTC.days(date("2023-01-01")..=date("2024-12-31")).unwrap() {
            let billed = Zone::UTC.billing_period_of(day, closing).unwrap();
            assert!(billed.from() <= period.from() && period.to() <= billed.to(), "{day} {closing:?}");
            assert!(billed == before || billed.from() == before.to(), "{day} {closing:?}");
            before = billed;
        }
    }
}

#[test]
fn what_no_calendar_has_is_refused() {
    assert_eq!(
        Zone::UTC.month(2024, 13).unwrap_err().to_string(),
        "2024-13 is no month: a month is 1 to 12, of a year 1 to 9999"
    );
    for (year, month) in [(0, 1), (10_000, 1), (2024, 0), (i32::MAX, 1), (i32::MIN, 12)] {
        assert_eq!(Zone::UTC.month(year, month), Err(NoSuchDay::NoMonth { year, month }));
    }
    for day in [0, 32] {
        assert_eq!(ClosingDay::new(day), Err(NoSuchDay::NoClosingDay(day)));
    }
    assert!(Zone::UTC.month(1, 1).is_ok() && Zone::UTC.month(9999, 11).is_ok());
    let east: Zone = "+14:00".parse().unwrap();
    for day in [date("0001-01-01"), NaiveDate::MIN, NaiveDate::MAX] {
        assert!(east.day(day).is_err(), "{day}");
    }
    assert_eq!(
        Zone::UTC.from_to(date("2024-01-02"), date("2024-01-01")).unwrap_err().to_string(),
        "2024-01-01 is before 2024-01-02"
    );
    assert_eq!(Zone::UTC.days(date("2024-01-02")..=date("2024-01-01")).unwrap().count(), 0);
}

#[test]
fn a_period_that_does_not_divide_has_no_schedule() {
    let day = Period::new(stamp("2024-01-15T00:00:00Z"), stamp("2024-01-15T23:30:00Z")).unwrap();
    assert_eq!(
        Schedule::every(IntervalLength::HOUR, day).unwrap_err().to_string(),
        "(2024-01-15T00:00:00Z, 2024-01-15T23:30:00Z] is no whole number of intervals of 60 minutes"
    );
    assert_eq!(Schedule::every(IntervalLength::HALF_HOUR, day).unwrap().expected(), Some(47));
}

#[test]
fn the_place_of_a_stamp_is_its_number_in_the_schedule() {
    let hour = Period::new(stamp("2024-01-15T10:00:00Z"), stamp("2024-01-15T11:00:00Z")).unwrap();
    let daily = Schedule::daily(Zone::UTC, date("2024-01-15")..=date("2024-01-20")).unwrap();
    for schedule in [Schedule::every(IntervalLength::QUARTER_HOUR, hour).unwrap(), daily] {
        for (place, end) in (0..).zip(schedule.stamps()) {
            assert_eq!(schedule.place_of(end), Some(place));
            assert_eq!(schedule.place_of(end.plus_seconds(1)), None);
            assert_eq!(schedule.span(place..place + 1).to(), end);
        }
        let all = 0..schedule.expected().unwrap();
        assert_eq!(schedule.span(all), schedule.period());
        assert_eq!(schedule.place_of(schedule.period().from()), None);
    }
    assert_eq!(Schedule::whenever(hour).expected(), None);
    assert_eq!(Schedule::whenever(hour).stamps().count(), 0);
}

#[cfg(feature = "time-zones")]
mod places;
