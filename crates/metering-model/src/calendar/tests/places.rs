//! Days of named places: those on which the clock changes, and any at all.

use std::num::NonZeroU32;

use chrono::Datelike;
use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

#[test]
fn days_on_which_the_clock_changes() {
    for (name, day, from, quarter_hours) in [
        ("Europe/Berlin", "2024-03-31", "2024-03-30T23:00:00Z", 92),
        ("Europe/Berlin", "2024-10-27", "2024-10-26T22:00:00Z", 100),
        ("Europe/Berlin", "2024-10-28", "2024-10-27T23:00:00Z", 96),
        ("America/New_York", "2024-03-10", "2024-03-10T05:00:00Z", 92),
        ("America/New_York", "2024-11-03", "2024-11-03T04:00:00Z", 100),
        // Half an hour forward in October, back in April.
        ("Australia/Lord_Howe", "2024-10-06", "2024-10-05T13:30:00Z", 94),
        ("Australia/Lord_Howe", "2024-04-07", "2024-04-06T13:00:00Z", 98),
        // 29 December was followed by 31 December.
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", 96),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", 96),
        ("Asia/Kathmandu", "2024-03-31", "2024-03-30T18:15:00Z", 96),
        // Clocks went to UTC+5:45 with the year: by a quarter of an hour over midnight.
        ("Asia/Kathmandu", "1986-01-01", "1985-12-31T18:30:00Z", 95),
        // From 00:00 to 01:00: midnight is left out.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 92),
        ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z", 92),
        ("Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z", 92),
        // From 24:00 back to 23:00: the day before has the hour twice.
        ("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 100),
        ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", 96),
        ("Africa/Cairo", "2024-10-31", "2024-10-30T21:00:00Z", 100),
        // From 01:00 back to 00:00: midnight comes twice, and the first counts.
        ("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", 100),
        ("America/Havana", "2024-11-04", "2024-11-04T05:00:00Z", 96),
        ("Atlantic/Azores", "2024-10-27", "2024-10-27T00:00:00Z", 100),
        ("Atlantic/Azores", "2024-03-31", "2024-03-31T01:00:00Z", 92),
        // From 00:01 back to 23:01 of the day before: the first midnight counts.
        ("America/St_Johns", "2010-11-06", "2010-11-06T02:30:00Z", 96),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z", 100),
    ] {
        let period = zone(name).day(date(day)).unwrap();
        assert_eq!(period.from(), stamp(from), "{name} {day}");
        let schedule = Schedule::every(IntervalLength::QUARTER_HOUR, period).unwrap();
        assert_eq!(schedule.expected(), Some(quarter_hours), "{name} {day}");
        assert_eq!(schedule.stamps().count() as u64, quarter_hours);
        assert_eq!(schedule.stamps().last().unwrap_or(period.from()), period.to());
    }
}

#[test]
fn a_month_has_the_hours_of_its_days() {
    for (name, year, month, quarter_hours) in [
        ("Europe/Berlin", 2024, 3, 31 * 96 - 4),
        ("Europe/Berlin", 2024, 10, 31 * 96 + 4),
        ("Europe/Berlin", 2024, 2, 29 * 96),
        ("Australia/Lord_Howe", 2024, 4, 30 * 96 + 2),
        ("Pacific/Apia", 2011, 12, 30 * 96),
        ("Africa/Cairo", 2024, 10, 31 * 96 + 4),
    ] {
        let month = zone(name).month(year, month).unwrap();
        let schedule = Schedule::every(IntervalLength::QUARTER_HOUR, month).unwrap();
        assert_eq!(schedule.expected(), Some(quarter_hours), "{name} {month}");
    }
    let december = Schedule::daily(zone("Pacific/Apia"), date("2011-12-01")..=date("2011-12-31")).unwrap();
    assert_eq!(december.expected(), Some(30));
    assert!(december.stamps().collect::<Vec<_>>().windows(2).all(|pair| pair[0] < pair[1]));
    // Half an hour too few for whole hours: said, not rounded.
    let day = zone("Australia/Lord_Howe").day(date("2024-10-06")).unwrap();
    assert!(Schedule::every(IntervalLength::HOUR, day).is_err());
    assert_eq!(Schedule::every(IntervalLength::HALF_HOUR, day).unwrap().expected(), Some(47));
}

/// The hour is that of the beginning, and the two hours of one name are told apart.
#[test]
fn an_interval_belongs_to_the_hour_it_begins_in() {
    let berlin = zone("Europe/Berlin");
    let autumn = berlin.day(date("2024-10-27")).unwrap();
    let hours: Vec<_> = Schedule::every(IntervalLength::HOUR, autumn)
        .unwrap()
        .stamps()
        .map(|end| berlin.clock_at_start(end, IntervalLength::HOUR).format("%d %H %z").to_string())
        .collect();
    assert_eq!(hours.len(), 25);
    assert_eq!(hours[..5], ["27 00 +0200", "27 01 +0200", "27 02 +0200", "27 02 +0100", "27 03 +0100"]);
    // Stamped 00:00 of the 28th, and yet the last hour of the 27th.
    assert_eq!(hours[24], "27 23 +0100");
    let spring = berlin.day(date("2024-03-31")).unwrap();
    let clock = Schedule::every(IntervalLength::QUARTER_HOUR, spring)
        .unwrap()
        .stamps()
        .map(|end| berlin.clock_at_start(end, IntervalLength::QUARTER_HOUR).format("%H:%M").to_string())
        .collect::<Vec<_>>();
    assert_eq!(clock[7..9], ["01:45", "03:00"]);
}

#[test]
fn names_come_from_the_database_of_the_build() {
    assert!(Zone::DATABASE.starts_with("20"), "{}", Zone::DATABASE);
    assert!(Zone::names().count() > 500);
    for name in Zone::names().filter(|name| *name != "UTC") {
        assert_eq!(zone(name).to_string(), name);
    }
}

/// The first instant at which the clock shows a date or a later one, found by looking at the clock of
/// every quarter hour, then of every second: knows nothing of how the days are computed.
fn first_instant_of(zone: Zone, date: NaiveDate) -> TimeStamp {
    let shows_it = |at: TimeStamp| zone.clock(at).date_naive() >= date;
    let utc = stamp(&format!("{date}T00:00:00Z"));
    let first = |from: TimeStamp, step: i64, steps: i64| {
        (0..=steps).map(|number| from.plus_seconds(number * step)).find(|at| shows_it(*at)).unwrap()
    };
    let quarter = first(utc.plus_seconds(-28 * 3600), 900, 56 * 4);
    first(quarter.plus_seconds(-899), 1, 899)
}

/// Everywhere, in the years in which meters have a clock: all days around a change of the clock.
#[test]
fn days_begin_where_the_clock_says_so_and_leave_nothing_out() {
    let mut changes = 0;
    for (at, name) in Zone::names().enumerate() {
        let zone = zone(name);
        // Every year somewhere, and everywhere five years.
        for year in (0..5).map(|turn| 1990 + ((at * 7 + turn * 10) % 48) as i32) {
            let days = zone.days(date(&format!("{year}-01-01"))..=date(&format!("{year}-12-31"))).unwrap();
            let mut end = None;
            for (date, day) in days {
                assert!(end.is_none_or(|end| end == day.from()), "{name} {date}");
                end = Some(day.to());
                if day.micros() != 86_400_000_000 {
                    changes += 1;
                    assert_eq!(day.from(), first_instant_of(zone, date), "{name} {date}");
                    assert_eq!(day.to(), first_instant_of(zone, date.succ_opt().unwrap()), "{name} {date}");
                }
            }
            let months: Vec<_> = (1..=12).map(|month| zone.month(year, month).unwrap()).collect();
            assert!(months.windows(2).all(|pair| pair[0].to() == pair[1].from()), "{name} {year}");
            assert_eq!(Some(months[11].to()), end, "{name} {year}");
        }
    }
    assert!(changes > 1000, "{changes}");
}

proptest! {
    #[test]
    fn any_day_anywhere(place in 0..Zone::names().count(), day in 0u64..17_500, length in 1u32..7200, closing in 1..=31u32) {
        let zone = zone(Zone::names().nth(place).unwrap());
        let date = date("1990-01-01") + chrono::Days::new(day);
        let period = zone.day(date).unwrap();
        prop_assert_eq!(period.from(), first_instant_of(zone, date));
        // Stamps divide the day without gap or overlap, or the length is refused.
        let length = IntervalLength::from_seconds(NonZeroU32::new(length).unwrap());
        match Schedule::every(length, period) {
            Ok(schedule) => {
                let mut begin = period.from();
                for end in schedule.stamps() {
                    prop_assert_eq!(length.before(end), begin);
                    begin = end;
                }
                prop_assert_eq!(begin, period.to());
            }
            Err(refused) => prop_assert!(!refused.period.micros().is_multiple_of(u64::from(length.seconds().get()) * 1_000_000)),
        }
        // The day lies in its month and in its billing period.
        for of in [zone.month(date.year(), date.month()).unwrap(), zone.billing_period_of(date, ClosingDay::new(closing).unwrap()).unwrap()] {
            prop_assert!(of.from() <= period.from() && period.to() <= of.to());
        }
    }
}
