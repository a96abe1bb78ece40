//! Readings: what goes in comes out, digit for digit; repeats, corrections, pages.

use metering_model::{
    Decimal, GetMeterReadings, MeterReadings, Qualities, Reading, ReadingType, Series, TimeStamp, ViolationCode,
};
use metering_persistence::meter_readings::{self};
use metering_persistence::{Database, Error, Provisional, Store};
use metering_validation::{Facts, Rules};

use crate::caller::{Caller, at};
use crate::support::Trial;

mod against_a_model;
mod details;
pub(crate) mod short_form;

use against_a_model::the_store_answers_as_a_list_would;
use short_form::*;

battery! {
    digits_come_back_as_sent,
    a_repeat_changes_nothing,
    a_correction_supersedes_and_the_old_value_stays_readable,
    an_edited_value_stands,
    polling_by_recorded_times_misses_nothing,
    validation_adds_to_what_the_device_said,
    ranges_are_open_at_from_and_closed_at_to,
    messages_may_interleave_in_time,
    many_meters_may_send_one_instant,
    pages_give_the_whole_and_nothing_newer,
    a_cursor_that_was_cut_or_altered_is_none,
    readings_are_found_by_arrival,
    readings_are_found_by_type_and_quality,
    usage_points_stand_for_what_is_there,
    a_similar_series_is_pointed_out,
    one_series_may_be_named_twice,
    the_store_answers_as_a_list_would,
    what_has_no_owner_is_rejected_and_the_rest_is_stored,
    a_damaged_block_is_an_error_that_names_it,
    long_series_come_back_whole,
}

const NOW: &str = "2026-11-24T10:00:00Z";
/// Scales, signs, 18 digits, absent values and the ends of time come back as they were sent.
fn digits_come_back_as_sent(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-digits", NOW);
    let sent = ["0", "0.00", "-0.001", "1234.50", "1234.5", "999999999999999999", "-999999.999999999999"];
    let mut items: Vec<Item> = sent
        .iter()
        .enumerate()
        .map(|(minute, value)| item("1234LG", &format!("2024-01-15T10:{minute:02}:00.000001Z"), value))
        .collect();
    items.push(Item { value: None, ..item("1234LG", "2024-01-15T11:00:00Z", "0").quality("5.5.259") });
    items.push(item("1234LG", "1969-12-31T23:45:00Z", "7"));
    items.push(item("1234LG", "0001-01-01T00:00:00Z", "8"));
    assert_eq!(record(store, &caller, &items).counts, counts(10, 0, 0, 0));

    let found = all(store, &caller, &GetMeterReadings::default());
    let texts: Vec<Option<String>> = values(&found).into_iter().map(|it| it.1).collect();
    let expected = ["8", "7"].iter().chain(&sent).map(|it| Some((*it).to_owned())).chain([None]);
    assert_eq!(texts, expected.collect::<Vec<_>>());
    let last = found.readings.last().unwrap().reading;
    assert_eq!(found.qualities[last.qualities as usize], list(&["5.5.259"]));
    assert_eq!(found.series.len(), 1);
    assert_eq!(found.series[0].meter.as_ref().unwrap().as_str(), "1234LG");
    assert_eq!(found.changes.len(), 1);
    assert_eq!(found.changes[0].recorded_at, caller.now());
    assert!(!found.changes[0].receipt.is_empty());

    let series =
        store.read(caller.organisation(), |it| meter_readings::series(it, &GetMeterReadings::default())).unwrap();
    assert_eq!(series.len(), 1);
    assert_eq!((series[0].count, series[0].first, series[0].last), (10, TimeStamp::MIN, at("2024-01-15T11:00:00Z")));
}

fn a_cursor_that_was_cut_or_altered_is_none(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-cursor", NOW);
    let items: Vec<Item> = (10..20).map(|minute| item("m", &format!("2024-01-15T00:{minute}:00Z"), "1")).collect();
    record(store, &caller, &items);
    let get = GetMeterReadings::default();
    let cursor = page(store, &caller, &get, None, 3).unwrap().next.unwrap();
    let text = cursor.as_str();
    let answers = |text: String| page(store, &caller, &get, Some(&text.into()), 3).map(|it| it.readings.readings.len());
    assert!(matches!(answers(text.to_owned()), Ok(3)));
    for end in 0..text.len() {
        assert!(matches!(answers(text[..end].to_owned()), Err(Error::BadCursor)), "cut to {end}");
        let mut other = text.to_owned().into_bytes();
        other[end] = if other[end] == b'A' { b'B' } else { b'A' };
        let altered = answers(String::from_utf8(other).unwrap());
        assert!(matches!(altered, Err(Error::BadCursor)), "altered at {end}: {altered:?}");
    }
    assert!(matches!(answers(format!("{text}A")), Err(Error::BadCursor)));
}

/// The same again, also written with more zeros, is unchanged, and the first digits stay.
fn a_repeat_changes_nothing(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-repeat", NOW);
    let first = [item("m", "2024-01-15T10:15:00Z", "1.50"), item("m", "2024-01-15T10:30:00Z", "2")];
    assert_eq!(record(store, &caller, &first).counts, counts(2, 0, 0, 0));
    let later = caller.clone().later(60);
    let again = [item("m", "2024-01-15T10:30:00Z", "2.000"), item("m", "2024-01-15T10:15:00Z", "1.5")];
    assert_eq!(record(store, &later, &again).counts, counts(0, 2, 0, 0));
    let revisions = GetMeterReadings { revisions: true, ..GetMeterReadings::default() };
    let found = all(store, &caller, &revisions);
    assert_eq!(values(&found), [some("2024-01-15T10:15:00Z", "1.50", 1), some("2024-01-15T10:30:00Z", "2", 1)]);
    assert_eq!(found.changes.len(), 1, "the block was not written again");
    // Within one message too.
    let twice = [item("n", "2024-01-15T10:15:00Z", "1"), item("n", "2024-01-15T10:15:00Z", "1.0")];
    assert_eq!(record(store, &later, &twice).counts, counts(1, 1, 0, 0));
    let corrected = [item("n", "2024-01-15T10:30:00Z", "1"), item("n", "2024-01-15T10:30:00Z", "2")];
    assert_eq!(record(store, &later, &corrected).counts, counts(1, 0, 1, 0));
}

/// A correction takes the place of a value, which stays readable: as a revision, and as it was
/// known before.
fn a_correction_supersedes_and_the_old_value_stays_readable(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-correct", NOW);
    record(store, &caller, &[item("m", "2024-01-15T10:15:00Z", "1"), item("m", "2024-01-15T10:30:00Z", "5")]);
    let estimated = caller.clone().later(60);
    record(store, &estimated, &[item("m", "2024-01-15T10:15:00Z", "2").quality("3.8.0")]);
    let withdrawn = caller.clone().later(120);
    let none = Item { value: None, ..item("m", "2024-01-15T10:15:00Z", "0").quality("3.7.3") };
    assert_eq!(record(store, &withdrawn, &[none]).counts, counts(0, 0, 1, 0));

    let get = GetMeterReadings { to: Some(at("2024-01-15T10:15:00Z")), ..GetMeterReadings::default() };
    let found = all(store, &caller, &get);
    assert_eq!(values(&found), [("2024-01-15T10:15:00Z".into(), None, 3)]);
    let revisions = all(store, &caller, &GetMeterReadings { revisions: true, ..get.clone() });
    assert_eq!(
        lines(&revisions),
        [
            format!("m {INTERVALS} 2024-01-15T10:15:00Z 1 1.0.0 #1 aside"),
            format!("m {INTERVALS} 2024-01-15T10:15:00Z 2 3.8.0 #2 aside"),
            format!("m {INTERVALS} 2024-01-15T10:15:00Z none 3.7.3 #3"),
        ]
    );
    let recorded: Vec<_> =
        revisions.readings.iter().map(|it| revisions.changes[it.change as usize].recorded_at).collect();
    assert_eq!(recorded, [caller.now(), estimated.now(), withdrawn.now()]);

    let known = |as_of: TimeStamp| all(store, &caller, &GetMeterReadings { as_of: Some(as_of), ..get.clone() });
    assert_eq!(values(&known(caller.now().plus_seconds(-1))), []);
    assert_eq!(values(&known(caller.now())), [some("2024-01-15T10:15:00Z", "1", 1)]);
    assert_eq!(values(&known(estimated.now().plus_seconds(1))), [some("2024-01-15T10:15:00Z", "2", 2)]);
    let then = GetMeterReadings { revisions: true, as_of: Some(estimated.now()), ..get };
    let then = all(store, &caller, &then);
    assert_eq!(then.readings.iter().map(|it| it.current).collect::<Vec<_>>(), [false, true]);
}

/// Who asks again for what was recorded after the newest that was answered misses nothing, and what
/// was known at an instant stays so, although one message arrives long before it is its turn and
/// others arrive at the same instant.
fn polling_by_recorded_times_misses_nothing(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-poll", NOW);
    let mut seen: Vec<(String, Option<String>, u32)> = Vec::new();
    let mut after = None;
    for (quarter, seconds) in [(15, 5), (30, 0), (45, 5), (50, 5)] {
        let sent = caller.clone().later(seconds);
        record(store, &sent, &[item("m", &format!("2024-01-15T10:{quarter}:00Z"), "1")]);
        let get = GetMeterReadings { recorded_after: after, ..GetMeterReadings::default() };
        let found = all(store, &caller, &get);
        seen.extend(values(&found));
        let newest = found.changes.iter().map(|it| it.recorded_at).max();
        // All that is there was known then, also when more comes.
        let known = |as_of| all(store, &caller, &GetMeterReadings { as_of, ..GetMeterReadings::default() });
        assert_eq!(known(newest).readings.len(), seen.len());
        assert_eq!(known(after).readings.len(), seen.len() - usize::from(after.is_some()));
        after = newest.or(after);
    }
    assert_eq!(seen, values(&all(store, &caller, &GetMeterReadings::default())));
}

/// Validation says of a value that it is good, in a message of its own: what the device said stays
/// beside it, so a repeat of either changes nothing.
fn validation_adds_to_what_the_device_said(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-validated", NOW);
    let time = "2024-01-15T10:15:00Z";
    let raw = || [item("m", time, "1.50").quality("1.2.32")];
    let validated = || [item("m", time, "1.5").quality("3.0.1")];
    assert_eq!(record(store, &caller, &raw()).counts, counts(1, 0, 0, 0));
    assert_eq!(record(store, &caller, &validated()).counts, counts(0, 0, 1, 0));
    for _ in 0..2 {
        assert_eq!(record(store, &caller, &raw()).counts, counts(0, 1, 0, 0));
        assert_eq!(record(store, &caller, &validated()).counts, counts(0, 1, 0, 0));
    }
    let found = all(store, &caller, &GetMeterReadings::default());
    assert_eq!(lines(&found), [format!("m {INTERVALS} {time} 1.50 1.2.32,3.0.1 #2")]);
    // Another value is another: nothing that was said of the old one is said of it.
    assert_eq!(record(store, &caller, &[item("m", time, "2").quality("1.0.0")]).counts, counts(0, 0, 1, 0));
    let found = all(store, &caller, &GetMeterReadings::default());
    assert_eq!(lines(&found), [format!("m {INTERVALS} {time} 2 1.0.0 #3")]);
}

/// What a person edited stands against what comes later, which is kept beside it once.
fn an_edited_value_stands(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-edited", NOW);
    let time = "2024-01-15T10:15:00Z";
    record(store, &caller, &[item("m", time, "1")]);
    record(store, &caller, &[item("m", time, "2").quality("3.7.0")]);
    // What it took the place of is known already, whoever sends it again.
    assert_eq!(record(store, &caller, &[item("m", time, "1.0")]).counts, counts(0, 1, 0, 0));
    let raw = record(store, &caller, &[item("m", time, "3"), item("m", "2024-01-15T10:30:00Z", "9")]);
    assert_eq!(raw.counts, counts(1, 0, 0, 1));
    assert_eq!(raw.warnings.len(), 1);
    assert_eq!((raw.warnings[0].code, raw.warnings[0].at.item), (ViolationCode::EditedValueStands, 0));
    assert_eq!(record(store, &caller, &[item("m", time, "3.0")]).counts, counts(0, 1, 0, 0), "kept already");
    assert_eq!(record(store, &caller, &[item("m", time, "4"), item("m", time, "4")]).counts, counts(0, 1, 0, 1));
    let day = GetMeterReadings { to: Some(at(time)), ..GetMeterReadings::default() };
    assert_eq!(values(&all(store, &caller, &day)), [some(time, "2", 2)]);
    // Another edit comes after all that is there.
    assert_eq!(record(store, &caller, &[item("m", time, "5").quality("3.7.1")]).counts, counts(0, 0, 1, 0));
    let revisions = all(store, &caller, &GetMeterReadings { revisions: true, ..day });
    let seen: Vec<_> = revisions.readings.iter().map(|it| (it.revision, it.current)).collect();
    assert_eq!(seen, [(1, false), (2, false), (3, false), (4, false), (5, true)]);
}

/// Ranges are after `from` and up to `to`, across days.
fn ranges_are_open_at_from_and_closed_at_to(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-range", NOW);
    let times = ["2024-01-14T23:45:00Z", "2024-01-15T00:00:00Z", "2024-01-15T00:15:00Z", "2024-01-16T00:00:00Z"];
    record(store, &caller, &times.map(|time| item("m", time, "1")));
    let between = |from: Option<&str>, to: Option<&str>| {
        let get = GetMeterReadings { from: from.map(at), to: to.map(at), ..GetMeterReadings::default() };
        values(&all(store, &caller, &get)).into_iter().map(|it| it.0).collect::<Vec<_>>()
    };
    assert_eq!(between(None, None), times);
    assert_eq!(between(Some(times[0]), Some(times[2])), times[1..3]);
    assert_eq!(between(Some(times[1]), Some(times[3])), times[2..]);
    assert_eq!(between(Some("2024-01-14T23:59:59.999999Z"), Some(times[1])), times[1..2]);
    assert!(between(Some(times[3]), None).is_empty());
    assert!(between(Some(times[2]), Some(times[1])).is_empty());
}

/// Two messages whose times alternate end in one series in order of time.
fn messages_may_interleave_in_time(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-interleave", NOW);
    let quarter = |number: i64| at("2024-01-15T00:00:00Z").plus_seconds(900 * number);
    let of = |numbers: &mut dyn Iterator<Item = i64>| -> Vec<Item> {
        numbers.map(|it| Item { time_stamp: quarter(it), ..item("m", NOW, &it.to_string()) }).collect()
    };
    record(store, &caller, &of(&mut (0..200).step_by(2)));
    let mut second = of(&mut (1..200).step_by(2));
    second.reverse();
    assert_eq!(record(store, &caller, &second).counts, counts(100, 0, 0, 0));
    let found = all(store, &caller, &GetMeterReadings::default());
    let values: Vec<String> = values(&found).into_iter().filter_map(|it| it.1).collect();
    assert_eq!(values, (0..200).map(|it| it.to_string()).collect::<Vec<_>>());
    let series =
        store.read(caller.organisation(), |it| meter_readings::series(it, &GetMeterReadings::default())).unwrap();
    assert_eq!((series[0].count, series[0].first, series[0].last), (200, quarter(0), quarter(199)));
}

/// One instant of many meters, again and again: each message touches every block.
fn many_meters_may_send_one_instant(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-instants", NOW);
    let reading_type: ReadingType = INTERVALS.parse().unwrap();
    let instant = |quarter: i64| {
        let mut message = MeterReadings { received: 5_000, qualities: vec![Qualities::good()], ..Default::default() };
        for place in 0..5_000u32 {
            let meter = Some(format!("m-{place:04}").parse().unwrap());
            message.series.push(Series { meter, usage_point: None, reading_type });
            message.readings.push(Reading {
                time_stamp: at("2024-01-15T00:00:00Z").plus_seconds(900 * quarter),
                value: Some(Decimal::from(i32::try_from(place).unwrap())),
                series: place,
                qualities: 0,
                details: None,
                place,
            });
        }
        message
    };
    for quarter in 1..4 {
        assert_eq!(record_message(store, &caller, instant(quarter)).counts, counts(5_000, 0, 0, 0));
    }
    assert_eq!(record_message(store, &caller, instant(2)).counts, counts(0, 5_000, 0, 0));
    let found = all(store, &caller, &GetMeterReadings::default());
    assert_eq!((found.readings.len(), found.series.len(), found.changes.len()), (15_000, 5_000, 3));
    let one = GetMeterReadings { meters: vec!["m-4711".parse().unwrap()], ..Default::default() };
    let one = values(&all(store, &caller, &one));
    assert_eq!(one.iter().map(|it| it.1.as_deref()).collect::<Vec<_>>(), [Some("4711"); 3]);
    let latest = store.read(caller.organisation(), |it| meter_readings::latest(it, &Default::default())).unwrap();
    assert_eq!(latest.readings.len(), 5_000);
    assert!(latest.readings.iter().all(|it| it.reading.time_stamp == at("2024-01-15T00:45:00Z")));
}

/// Pages of any size give the whole in order, once, and nothing that was recorded since the first.
fn pages_give_the_whole_and_nothing_newer(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-pages", NOW);
    let mut items = Vec::new();
    for meter in ["a", "b", "c"] {
        for hour in 0..20 {
            for reading_type in [INTERVALS, REGISTER] {
                let day = 14 + hour / 8;
                let time = format!("2024-01-{day}T{:02}:00:00Z", hour % 8);
                items.push(item(meter, &time, &hour.to_string()).of_type(reading_type));
            }
        }
    }
    record(store, &caller, &items);
    let get = GetMeterReadings::default();
    let whole = lines(&all(store, &caller, &get));
    assert_eq!(whole.len(), 120);
    assert!(whole.is_sorted(), "meter, reading type, time");

    for limit in [1, 7, 60, 119, 120] {
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let it = page(store, &caller, &get, after.as_ref(), limit).unwrap();
            assert!(it.readings.readings.len() <= limit);
            paged.extend(lines(&it.readings));
            assert!(paged.len() <= 1_000, "pages of {limit} do not end");
            after = it.next;
            if after.is_none() {
                break;
            }
            if limit == 7 {
                // Corrections, insertions and new meters behind and before the place.
                let number = paged.len();
                let late = caller.clone().later(i64::try_from(number).unwrap());
                record(
                    store,
                    &late,
                    &[
                        item("b", "2024-01-14T03:00:00Z", &format!("{number}.5")),
                        item("c", &format!("2024-01-15T04:{:02}:00Z", number % 60), "1"),
                        item(&format!("b{number}"), "2024-01-15T04:00:00Z", "1"),
                    ],
                );
            }
        }
        let expected = if limit <= 7 { whole.clone() } else { lines(&all(store, &caller, &get)) };
        assert_eq!(paged, expected, "pages of {limit}");
    }
    let first = page(store, &caller, &get, None, 5).unwrap().next.unwrap();
    let other = GetMeterReadings { revisions: true, ..get };
    assert!(matches!(page(store, &caller, &other, Some(&first), 5), Err(Error::BadCursor)));
}

/// By arrival, whatever the time stamps are.
fn readings_are_found_by_arrival(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-arrival", NOW);
    record(store, &caller, &[item("m", "2024-01-15T10:15:00Z", "1"), item("m", "2024-01-15T10:30:00Z", "2")]);
    let later = caller.clone().later(60);
    record(store, &later, &[item("m", "2020-01-01T00:00:00Z", "3"), item("m", "2024-01-15T10:15:00Z", "4")]);
    let since = |instant: TimeStamp| {
        let get = GetMeterReadings { recorded_after: Some(instant), ..GetMeterReadings::default() };
        values(&all(store, &caller, &get)).into_iter().filter_map(|it| it.1).collect::<Vec<_>>()
    };
    assert_eq!(since(caller.now().plus_seconds(-1)), ["3", "4", "2"]);
    assert_eq!(since(caller.now()), ["3", "4"]);
    assert!(since(later.now()).is_empty());
}

/// By reading type and quality; the newest of each series.
fn readings_are_found_by_type_and_quality(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-found", NOW);
    record(
        store,
        &caller,
        &[
            item("m", "2024-01-15T10:15:00Z", "1"),
            item("m", "2024-01-16T10:15:00Z", "2").quality("3.8.0"),
            item("m", "2024-01-15T10:15:00Z", "3").of_type(REGISTER),
            item("n", "2024-01-17T10:15:00Z", "4"),
        ],
    );
    let register: ReadingType = REGISTER.parse().unwrap();
    let pattern = metering_model::reading_type::ReadingTypePattern::exactly(&register);
    let of_type = GetMeterReadings { reading_types: vec![vec![pattern]], ..Default::default() };
    assert_eq!(values(&all(store, &caller, &of_type)), [some("2024-01-15T10:15:00Z", "3", 1)]);
    let estimated = GetMeterReadings { qualities: vec!["3.8.0".parse().unwrap()], ..Default::default() };
    assert_eq!(values(&all(store, &caller, &estimated)), [some("2024-01-16T10:15:00Z", "2", 1)]);

    let latest = |get: &GetMeterReadings| {
        let found = store.read(caller.organisation(), |it| meter_readings::latest(it, get)).unwrap();
        values(&found).into_iter().filter_map(|it| it.1).collect::<Vec<_>>()
    };
    // The register's code comes before the intervals'.
    assert_eq!(latest(&GetMeterReadings::default()), ["3", "2", "4"]);
    let until = GetMeterReadings { to: Some(at("2024-01-16T00:00:00Z")), ..Default::default() };
    assert_eq!(latest(&until), ["3", "1"]);
    let good = GetMeterReadings { qualities: vec!["1.0.0".parse().unwrap()], ..Default::default() };
    assert_eq!(latest(&good), ["3", "1", "4"], "an earlier day, where the last has none");
    assert_eq!(latest(&GetMeterReadings { meters: vec!["nobody".parse().unwrap()], ..Default::default() }), [""; 0]);
    // One that was withdrawn has no value; the one before is the newest that has.
    let withdrawn = Item { value: None, ..item("z", "2024-01-16T10:15:00Z", "0").quality("3.7.3") };
    record(store, &caller, &[item("z", "2024-01-14T10:15:00Z", "7"), item("z", "2024-01-16T10:15:00Z", "8")]);
    assert_eq!(record(store, &caller, &[withdrawn]).counts, counts(0, 0, 1, 0));
    let z = GetMeterReadings { meters: vec!["z".parse().unwrap()], ..Default::default() };
    assert_eq!(latest(&z), ["7"]);
    let by_quality = GetMeterReadings { qualities: vec!["3.7.3".parse().unwrap()], ..z };
    let found = store.read(caller.organisation(), |it| meter_readings::latest(it, &by_quality)).unwrap();
    assert_eq!(values(&found), [("2024-01-16T10:15:00Z".to_owned(), None, 2)]);
}

/// Without a meter the usage point is the owner; with one, the sender's word says where it is.
fn usage_points_stand_for_what_is_there(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-points", NOW);
    let bare = Item { meter: None, ..item("", "2024-01-15T10:15:00Z", "1") };
    record(
        store,
        &caller,
        &[
            bare.at_usage_point("up-1"),
            item("m", "2024-01-15T10:15:00Z", "2").at_usage_point("up-1"),
            item("m", "2024-01-15T10:30:00Z", "3"),
            item("n", "2024-01-15T10:15:00Z", "4").at_usage_point("up-2"),
        ],
    );
    let get = |meters: &[&str], points: &[&str]| GetMeterReadings {
        meters: meters.iter().map(|id| id.parse().unwrap()).collect(),
        usage_points: points.iter().map(|id| id.parse().unwrap()).collect(),
        ..Default::default()
    };
    let found = |get: &GetMeterReadings| {
        values(&all(store, &caller, get)).into_iter().filter_map(|it| it.1).collect::<Vec<_>>()
    };
    assert_eq!(found(&get(&[], &["up-1"])), ["2", "3", "1"]);
    assert_eq!(found(&get(&["m"], &["up-1", "up-2"])), ["2", "3"]);
    assert_eq!(found(&get(&["m", "n"], &["up-2"])), ["4"]);
    assert_eq!(found(&get(&["up-1"], &[])), [""; 0], "a usage point is no meter");
    // The meter moves on; the old message again does not put it back.
    record(store, &caller, &[item("n", "2024-01-15T10:30:00Z", "5").at_usage_point("up-3")]);
    record(store, &caller, &[item("n", "2024-01-15T10:15:00Z", "4").at_usage_point("up-2")]);
    assert_eq!(found(&get(&["n"], &["up-3"])), ["4", "5"]);
    assert_eq!(found(&get(&["n"], &["up-2"])), [""; 0]);
    // Another organisation's meter with the same usage point is not seen.
    let other = Caller::new(store, "readings-points-2", NOW);
    record(store, &other, &[item("x", "2024-01-15T10:15:00Z", "9").at_usage_point("up-1")]);
    assert_eq!(found(&get(&[], &["up-1"])), ["2", "3", "1"]);
    let theirs = all(store, &other, &GetMeterReadings::default());
    assert_eq!(values(&theirs), [some("2024-01-15T10:15:00Z", "9", 1)]);
}

/// A new series that differs from another of its meter only a little is pointed out once.
fn a_similar_series_is_pointed_out(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-similar", NOW);
    const ABC: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0";
    record(store, &caller, &[item("m", "2024-01-15T10:15:00Z", "1")]);
    let again = [
        item("n", "2024-01-15T10:15:00Z", "1").of_type(ABC),
        item("m", "2024-01-15T10:30:00Z", "1").of_type(ABC),
        item("m", "2024-01-15T10:15:00Z", "1").of_type(ABC),
    ];
    let warnings = record(store, &caller, &again).warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!((warnings[0].code, warnings[0].at.item), (ViolationCode::SimilarSeries, 1));
    assert_eq!(warnings[0].at.field, "phase");
    assert_eq!(record(store, &caller, &[item("m", "2024-01-15T10:45:00Z", "1").of_type(ABC)]).warnings, []);
}

/// A message that names one meter twice, with and without its usage point, is one series.
fn one_series_may_be_named_twice(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-twice", NOW);
    let recorded = record(
        store,
        &caller,
        &[
            item("m", "2024-01-15T10:30:00Z", "2"),
            item("m", "2024-01-15T10:15:00Z", "1").at_usage_point("up-9"),
            item("m", "2024-01-15T10:30:00Z", "3").at_usage_point("up-9"),
            item("n", "2024-01-15T10:30:00Z", "4"),
        ],
    );
    assert_eq!(recorded.counts, counts(3, 0, 1, 0));
    let found = all(store, &caller, &GetMeterReadings::default());
    let expected = [
        some("2024-01-15T10:15:00Z", "1", 1),
        some("2024-01-15T10:30:00Z", "3", 2),
        some("2024-01-15T10:30:00Z", "4", 1),
    ];
    assert_eq!(values(&found), expected);
    assert_eq!(found.series[0].usage_point.as_ref().unwrap().as_str(), "up-9");
}

/// Where no more objects may be provisional the items of their series are rejected, each by name.
fn what_has_no_owner_is_rejected_and_the_rest_is_stored(trial: &Trial) {
    let mut config = trial.config();
    config.settings.provisional = Provisional::Accept { ceiling: 1 };
    let store = &Store::open(config, &trial.key).unwrap();
    let caller = Caller::new(store, "readings-ceiling", NOW);
    let bare = Item { meter: None, ..item("", "2024-01-15T10:15:00Z", "1") };
    let recorded = record(
        store,
        &caller,
        &[
            item("a", "2024-01-15T10:30:00Z", "1"),
            bare.at_usage_point("up"),
            item("b", "2024-01-15T10:15:00Z", "1"),
            item("a", "2024-01-15T10:15:00Z", "1"),
            item("b", "2024-01-15T10:00:00Z", "1"),
        ],
    );
    assert_eq!(recorded.counts, counts(2, 0, 0, 0));
    let told: Vec<_> = recorded.violations.iter().map(|it| (it.at.item, &*it.at.field, it.code)).collect();
    let code = ViolationCode::TooManyProvisional;
    assert_eq!(told, [(1, "usagePointId", code), (2, "meterId", code), (4, "meterId", code)]);
    assert_eq!(all(store, &caller, &GetMeterReadings::default()).readings.len(), 2);
}

/// Damage is said, with the place; it is no number, and nothing is written over it.
fn a_damaged_block_is_an_error_that_names_it(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-damage", NOW);
    record(store, &caller, &[item("m", "2024-01-15T10:15:00Z", "1"), item("m", "2024-01-16T10:15:00Z", "2")]);
    let bytes = if matches!(trial.database, Database::Sqlite { .. }) { "x'010203040506'" } else { "'\\x010203040506'" };
    trial.execute(&format!("UPDATE reading_blocks SET block = {bytes} WHERE day = 19738"));
    let told = |outcome: Result<(), Error>| {
        let Err(Error::Failed(cause)) = outcome else { panic!("{outcome:?}") };
        assert!(cause.to_string().contains("series 1, 2024-01-16 is damaged: its checksum"), "{cause}");
    };
    let day = |to: &str| GetMeterReadings { to: Some(at(to)), ..GetMeterReadings::default() };
    told(page(store, &caller, &GetMeterReadings::default(), None, 10).map(drop));
    told(store.read(caller.organisation(), |it| meter_readings::latest(it, &GetMeterReadings::default())).map(drop));
    assert_eq!(all(store, &caller, &day("2024-01-15T23:00:00Z")).readings.len(), 1);
    let facts = Facts { now: caller.now(), rules: Rules::default() };
    let more = message(&[item("m", "2024-01-16T10:30:00Z", "3")]);
    let valid = metering_validation::meter_readings::check(more, &facts, &mut Vec::new(), &mut Vec::new());
    told(
        caller.change(store, move |it| meter_readings::record(it, &valid, &mut Vec::new(), &mut Vec::new()).map(drop)),
    );
}

/// Years of days, dense and sparse, more blocks than one statement brings.
fn long_series_come_back_whole(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "readings-long", NOW);
    let day = |number: i64| at("2020-01-01T00:15:00Z").plus_seconds(86_400 * number);
    let mut items = Vec::new();
    for (meter, step) in [("dense", 1), ("monthly", 30), ("other", 1)] {
        for number in (0..700).step_by(step) {
            items.push(Item { time_stamp: day(number), ..item(meter, NOW, &number.to_string()) });
        }
    }
    assert_eq!(record(store, &caller, &items).counts.inserted, 1_424);
    let whole = values(&all(store, &caller, &GetMeterReadings::default()));
    let sent: Vec<_> = items.iter().map(|it| some(&it.time_stamp.to_string(), it.value.as_ref().unwrap(), 1)).collect();
    assert_eq!(whole, sent);
    let part = GetMeterReadings { from: Some(day(100)), to: Some(day(650)), ..GetMeterReadings::default() };
    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let it = page(store, &caller, &part, after.as_ref(), 300).unwrap();
        paged.extend(values(&it.readings));
        assert!(paged.len() <= sent.len(), "pages do not end");
        after = it.next;
        if after.is_none() {
            break;
        }
    }
    let within = items.iter().filter(|it| day(100) < it.time_stamp && it.time_stamp <= day(650));
    assert_eq!(
        paged,
        within.map(|it| some(&it.time_stamp.to_string(), it.value.as_ref().unwrap(), 1)).collect::<Vec<_>>()
    );
}
