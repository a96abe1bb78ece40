//! What readings say besides their value: kept, answered, and no part of their identity.

use metering_model::{GetMeterReadings, ReadingDetails, TimePeriod, ViolationCode};
use metering_persistence::meter_readings;
use metering_persistence::{Database, Error};
use metering_validation::{Facts, Rules};

use super::NOW;
use super::short_form::*;
use crate::caller::{Caller, at};
use crate::support::Trial;

battery! {
    details_come_back_as_sent,
    a_repeat_adds_what_was_not_said,
    a_revision_has_its_own_details,
    what_is_kept_beside_has_its_own_details,
    details_of_many_days_come_page_by_page,
    the_texts_of_a_day_have_a_bound,
    damaged_details_of_a_revision_are_an_error_that_names_it,
}

const TIME: &str = "2024-01-15T10:15:00Z";

/// All of them, some of them and none, in one block, by every way of asking.
fn details_come_back_as_sent(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-sent", NOW);
    let all_of_it = ReadingDetails {
        reported: Some(at("2024-01-15T10:17:30.000001Z")),
        time_period: TimePeriod { start: Some(at("2024-01-15T10:00:00Z")), end: Some(at(TIME)) },
        source: Some("Z\u{e4}hler 7 \u{1f600}".into()),
        reason: Some("billing".into()),
        comment: Some("two\nlines".into()),
    };
    let items = [
        item("m", "2024-01-15T10:00:00Z", "1"),
        Item { details: all_of_it.clone(), ..item("m", TIME, "2") },
        item("m", "2024-01-15T10:30:00Z", "3").source("HES"),
        item("n", TIME, "4").source("HES"),
        item("n", "2024-01-16T10:15:00Z", "5").comment("the day after"),
    ];
    assert_eq!(record(store, &caller, &items).counts, counts(5, 0, 0, 0));
    // A block that has details takes more of them, and more readings that have none.
    assert_eq!(record(store, &caller, &[item("m", "2024-01-15T10:45:00Z", "6")]).counts, counts(1, 0, 0, 0));

    let found = all(store, &caller, &GetMeterReadings::default());
    let of_each: Vec<_> = found.readings.iter().map(|it| found.details_of(it.reading)).collect();
    let source = ReadingDetails { source: Some("HES".into()), ..ReadingDetails::default() };
    let comment = ReadingDetails { comment: Some("the day after".into()), ..ReadingDetails::default() };
    assert_eq!(of_each, [None, Some(&all_of_it), Some(&source), None, Some(&source), Some(&comment)]);
    assert_eq!(found.details.len(), 3, "what neighbours share stands once");

    let latest = store.read(caller.organisation(), |it| meter_readings::latest(it, &Default::default())).unwrap();
    assert_eq!(
        lines(&latest),
        [
            format!("m {INTERVALS} 2024-01-15T10:45:00Z 6 1.0.0 #1"),
            format!("n {INTERVALS} 2024-01-16T10:15:00Z 5 1.0.0 #1 comment=the day after"),
        ]
    );
    let until = GetMeterReadings { to: Some(at("2024-01-15T10:30:00Z")), ..Default::default() };
    let latest = store.read(caller.organisation(), |it| meter_readings::latest(it, &until)).unwrap();
    let sources: Vec<_> = latest.readings.iter().map(|it| latest.details_of(it.reading).cloned()).collect();
    assert_eq!(sources, [Some(source.clone()), Some(source)]);
}

/// The same value again is no other reading for what is said besides; only what was not said yet joins,
/// and then what was known before stays readable.
fn a_repeat_adds_what_was_not_said(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-repeat", NOW);
    let plain = || item("m", TIME, "1.50");
    assert_eq!(record(store, &caller, &[plain()]).counts, counts(1, 0, 0, 0));
    let sourced = caller.clone().later(60);
    assert_eq!(record(store, &sourced, &[plain().source("HES")]).counts, counts(0, 0, 1, 0));
    for again in [plain(), plain().source("HES"), plain().source("file"), item("m", TIME, "1.5")] {
        assert_eq!(record(store, &caller.clone().later(120), &[again]).counts, counts(0, 1, 0, 0));
    }
    let remarked = caller.clone().later(180);
    assert_eq!(record(store, &remarked, &[plain().source("file").comment("late")]).counts, counts(0, 0, 1, 0));
    assert_eq!(record(store, &remarked, &[plain().comment("later")]).counts, counts(0, 1, 0, 0));

    let line = |rest: &str| format!("m {INTERVALS} {TIME} 1.50 1.0.0 {rest}");
    let revisions = GetMeterReadings { revisions: true, ..GetMeterReadings::default() };
    assert_eq!(
        lines(&all(store, &caller, &revisions)),
        [line("#1 aside"), line("#2 aside source=HES"), line("#3 source=HES comment=late")]
    );
    let known = |as_of| all(store, &caller, &GetMeterReadings { as_of: Some(as_of), ..GetMeterReadings::default() });
    assert_eq!(lines(&known(caller.now())), [line("#1")]);
    assert_eq!(lines(&known(sourced.now().plus_seconds(1))), [line("#2 source=HES")]);
    assert_eq!(lines(&known(remarked.now().plus_seconds(1))), [line("#3 source=HES comment=late")]);
    // Within one message too.
    let twice = [item("n", TIME, "1"), item("n", TIME, "1.0").source("a"), item("n", TIME, "1").source("b")];
    assert_eq!(record(store, &caller, &twice).counts, counts(1, 1, 1, 0));
}

/// Another value brings its own; the same value with another system's quality keeps what was said of it.
fn a_revision_has_its_own_details(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-revision", NOW);
    record(store, &caller, &[item("m", TIME, "1").source("HES").comment("raw")]);
    let validated = item("m", TIME, "1").quality("3.0.1").comment("checked");
    assert_eq!(record(store, &caller, &[validated]).counts, counts(0, 0, 1, 0));
    assert_eq!(record(store, &caller, &[item("m", TIME, "2")]).counts, counts(0, 0, 1, 0));
    assert_eq!(record(store, &caller, &[item("m", TIME, "3").source("VEE")]).counts, counts(0, 0, 1, 0));
    let revisions = GetMeterReadings { revisions: true, ..GetMeterReadings::default() };
    assert_eq!(
        lines(&all(store, &caller, &revisions)),
        [
            format!("m {INTERVALS} {TIME} 1 1.0.0 #1 aside source=HES comment=raw"),
            format!("m {INTERVALS} {TIME} 1 1.0.0,3.0.1 #2 aside source=HES comment=checked"),
            format!("m {INTERVALS} {TIME} 2 1.0.0 #3 aside"),
            format!("m {INTERVALS} {TIME} 3 1.0.0 #4 source=VEE"),
        ]
    );
}

/// What is kept beside an edited value; and an edited value that gets a remark later.
fn what_is_kept_beside_has_its_own_details(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-beside", NOW);
    record(store, &caller, &[item("m", TIME, "1").quality("3.7.0").source("clerk")]);
    assert_eq!(record(store, &caller, &[item("m", TIME, "2").source("HES")]).counts, counts(0, 0, 0, 1));
    // Kept already, whatever it says besides.
    assert_eq!(record(store, &caller, &[item("m", TIME, "2").source("file")]).counts, counts(0, 1, 0, 0));
    let remark = item("m", TIME, "1").quality("3.7.0").comment("by telephone");
    assert_eq!(record(store, &caller, &[remark]).counts, counts(0, 0, 1, 0));
    let revisions = GetMeterReadings { revisions: true, ..GetMeterReadings::default() };
    assert_eq!(
        lines(&all(store, &caller, &revisions)),
        [
            format!("m {INTERVALS} {TIME} 1 3.7.0 #1 aside source=clerk"),
            format!("m {INTERVALS} {TIME} 2 1.0.0 #2 aside source=HES"),
            format!("m {INTERVALS} {TIME} 1 3.7.0 #3 source=clerk comment=by telephone"),
        ]
    );
}

/// Pages of any size carry each reading's own, across days and meters, with revisions and without.
fn details_of_many_days_come_page_by_page(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-pages", NOW);
    let sent = |text: &str| -> Vec<Item> {
        let mut items = Vec::new();
        for meter in ["a", "b"] {
            for quarter in 0..300 {
                let time_stamp = at("2024-01-15T00:15:00Z").plus_seconds(900 * quarter);
                let one = Item { time_stamp, ..item(meter, TIME, text) };
                items.push(if quarter % 7 == 0 { one.comment(&format!("{meter} {quarter} {text}")) } else { one });
            }
        }
        items
    };
    record(store, &caller, &sent("1"));
    record(store, &caller, &sent("2")[..450]);
    for (revisions, count, with_details) in [(false, 600, 86), (true, 1_050, 151)] {
        let get = GetMeterReadings { revisions, ..GetMeterReadings::default() };
        let whole = lines(&all(store, &caller, &get));
        let remarks: Vec<_> = whole.iter().filter_map(|it| it.split_once(" comment=")).collect();
        assert_eq!((whole.len(), remarks.len()), (count, with_details));
        for (before, comment) in remarks {
            let words: Vec<&str> = comment.split(' ').collect();
            let [meter, quarter, value] = words.as_slice() else { panic!("{comment}") };
            let time = at("2024-01-15T00:15:00Z").plus_seconds(900 * quarter.parse::<i64>().unwrap());
            assert!(before.starts_with(&format!("{meter} {INTERVALS} {time} {value} ")), "{before}: {comment}");
        }
        for limit in [1_000, 97, 64] {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = page(store, &caller, &get, after.as_ref(), limit).unwrap();
                found.extend(lines(&page.readings));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(found, whole, "pages of {limit}");
        }
    }
}

/// However long each may be, the texts of a day do not make a block that no statement takes.
fn the_texts_of_a_day_have_a_bound(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-bound", NOW);
    let long = |number: i64| {
        // Four bytes a character, 4,084 in all, so that 4,108 fill the day.
        let comment = format!("{number:04}{}", "\u{1f600}".repeat(1_020));
        let time_stamp = at("2024-01-15T00:00:00Z").plus_seconds(number);
        Item { time_stamp, ..item("m", TIME, "1").comment(&comment) }
    };
    let items: Vec<Item> = (0..4_107).map(long).collect();
    assert_eq!(record(store, &caller, &items).counts, counts(4_107, 0, 0, 0));
    let more = record(store, &caller, &[long(4_107), long(4_108), item("m", TIME, "2"), long(7)]);
    assert_eq!(more.counts, counts(2, 1, 0, 0));
    assert_eq!(more.violations.len(), 1);
    assert_eq!((more.violations[0].at.item, more.violations[0].code), (1, ViolationCode::TooMany));
    // Another day, and another series, has room.
    let other = [
        Item { meter: Some("n".into()), ..long(4_108) },
        Item { time_stamp: at("2024-01-16T10:00:00Z"), ..long(4_108) },
    ];
    assert_eq!(record(store, &caller, &other).counts, counts(2, 0, 0, 0));
    let found = all(store, &caller, &GetMeterReadings::default());
    // The last two say the same, one after the other.
    assert_eq!((found.readings.len(), found.details.len()), (4_111, 4_109));
}

fn damaged_details_of_a_revision_are_an_error_that_names_it(trial: &Trial) {
    let store = &trial.store();
    let caller = Caller::new(store, "details-damage", NOW);
    record(store, &caller, &[item("m", TIME, "1").quality("3.7.0").source("a")]);
    record(store, &caller, &[item("m", TIME, "2").quality("3.7.0")]);
    let bytes = if matches!(trial.database, Database::Sqlite { .. }) { "x'0102'" } else { "'\\x0102'" };
    trial.execute(&format!("UPDATE reading_revisions SET details = {bytes}"));
    let told = |outcome: Result<(), Error>| {
        let Err(Error::Failed(cause)) = outcome else { panic!("{outcome:?}") };
        assert!(
            cause.to_string().contains(&format!("details of the stored revision of {TIME} are damaged")),
            "{cause}"
        );
    };
    // What stands is none of it.
    assert_eq!(all(store, &caller, &GetMeterReadings::default()).readings.len(), 1);
    let revisions = GetMeterReadings { revisions: true, ..GetMeterReadings::default() };
    told(page(store, &caller, &revisions, None, 10).map(drop));
    let facts = Facts { now: caller.now(), rules: Rules::default() };
    let more = message(&[item("m", TIME, "3")]);
    let valid = metering_validation::meter_readings::check(more, &facts, &mut Vec::new(), &mut Vec::new());
    told(
        caller.change(store, move |it| meter_readings::record(it, &valid, &mut Vec::new(), &mut Vec::new()).map(drop)),
    );
}
