//! Random messages and questions, answered by the store and by a list in memory.

use std::collections::BTreeMap;

use metering_model::{Counts, Decimal, GetMeterReadings, Qualities, ReadingDetails, Revision, TimePeriod, TimeStamp};
use metering_persistence::meter_readings;

use super::NOW;
use super::short_form::{INTERVALS, Item, REGISTER, lines, list, page, record, said};
use crate::caller::{Caller, at};
use crate::support::Trial;

/// A small generator: the same seed gives the same test.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn of<T: Clone>(&mut self, some: &[T]) -> T {
        let place = self.below(some.len() as u64);
        some[usize::try_from(place).unwrap()].clone()
    }
}

#[derive(Debug, Clone)]
struct Version {
    value: Option<Decimal>,
    qualities: Qualities,
    details: ReadingDetails,
    change: usize,
    superseded_by: Option<usize>,
    kept: bool,
}

/// Owner, reading type, time; versions in the order of revisions.
#[derive(Debug, Default)]
struct Model(BTreeMap<(String, &'static str, TimeStamp), Vec<Version>>);

impl Model {
    fn record(&mut self, change: usize, items: &[Item]) -> Counts {
        let mut counts = Counts::default();
        for item in items {
            let key = (item.meter.clone().unwrap(), item.reading_type, item.time_stamp);
            let value = item.value.as_ref().map(|it| it.parse().unwrap());
            let qualities = list(&item.qualities);
            let mut new = Version {
                value,
                qualities: qualities.clone(),
                details: item.details.clone(),
                change,
                superseded_by: None,
                kept: false,
            };
            let versions = self.0.entry(key).or_default();
            let Some(standing) = versions.iter().position(|it| it.superseded_by.is_none() && !it.kept) else {
                versions.push(new);
                counts.inserted += 1;
                continue;
            };
            let decide = |it: &Version| Revision::decide((it.value, &it.qualities), (value, &qualities));
            match decide(&versions[standing]) {
                Revision::Repeat => {
                    let before = &mut versions[standing];
                    let details = before.details.or(&item.details).into_owned();
                    if details == before.details {
                        counts.unchanged += 1;
                    } else {
                        new = Version { details, change, ..before.clone() };
                        before.superseded_by = Some(change);
                        versions.push(new);
                        counts.superseded += 1;
                    }
                }
                Revision::Supersedes => {
                    let before = &mut versions[standing];
                    before.superseded_by = Some(change);
                    new.qualities =
                        Revision::qualities((before.value, &before.qualities), (value, &qualities)).into_owned();
                    // Equal numbers may be written differently; the first digits stay.
                    if before.value == value {
                        new.value = before.value;
                        new.details = item.details.or(&before.details).into_owned();
                    }
                    versions.push(new);
                    counts.superseded += 1;
                }
                Revision::Kept if versions.iter().any(|it| decide(it) == Revision::Repeat) => {
                    counts.unchanged += 1;
                }
                Revision::Kept => {
                    new.kept = true;
                    versions.push(new);
                    counts.kept += 1;
                }
            }
        }
        counts
    }

    /// The answer to `get`, where change number n was recorded at `times[n]`.
    fn answer(&self, get: &GetMeterReadings, times: &[TimeStamp]) -> Vec<String> {
        let seen = |change: usize| get.as_of.is_none_or(|as_of| times[change] <= as_of);
        let mut lines = Vec::new();
        for ((owner, reading_type, time), versions) in &self.0 {
            let inside = get.from.is_none_or(|from| from < *time) && get.to.is_none_or(|to| *time <= to);
            let meter = get.meters.is_empty() || get.meters.iter().any(|it| it.as_str() == owner);
            if !inside || !meter {
                continue;
            }
            for (revision, it) in (1..).zip(versions) {
                let current = !it.kept && it.superseded_by.is_none_or(|by| !seen(by));
                let fits = seen(it.change)
                    && (get.revisions || current)
                    && get.recorded_after.is_none_or(|after| times[it.change] > after)
                    && (get.qualities.is_empty() || it.qualities.iter().any(|one| get.qualities.contains(&one)));
                if fits {
                    let codes: Vec<_> = it.qualities.iter().map(|it| it.to_string()).collect();
                    let value = it.value.map_or_else(|| "none".to_owned(), |value| value.to_string());
                    let stands = if current { "" } else { " aside" };
                    let codes = codes.join(",");
                    let said = said(&it.details);
                    lines.push(format!("{owner} {reading_type} {time} {value} {codes} #{revision}{stands}{said}"));
                }
            }
        }
        lines
    }
}

fn any_item(chance: &mut Chance) -> Item {
    let step = chance.of(&[900, 900, 900, 60, 1]);
    let mut time_stamp = at("2024-01-14T22:00:00Z").plus_seconds(step * i64::try_from(chance.below(160)).unwrap());
    if chance.below(40) == 0 {
        time_stamp = chance.of(&[at("1970-01-01T00:00:00Z"), at("1969-12-31T23:59:59.999999Z")]);
    }
    let value = match chance.below(12) {
        0 => None,
        1 => Some("-0.500".to_owned()),
        2 => Some("999999999999999999".to_owned()),
        3 => Some("0.000000000001".to_owned()),
        digits => Some(format!("{digits}.{}", chance.below(3))),
    };
    let qualities = match (&value, chance.below(7)) {
        (None, _) => chance.of(&[vec!["5.5.259"], vec!["3.7.3"]]),
        (_, 0) => vec!["3.8.0"],
        (_, 1) => vec!["3.7.0"],
        (_, 2) => vec!["1.0.0", "3.0.1"],
        (_, 3) => vec!["3.0.1"],
        _ => vec![],
    };
    Item {
        meter: Some(chance.of(&["a", "b", "c", "d"]).to_owned()),
        usage_point: None,
        reading_type: chance.of(&[INTERVALS, REGISTER]),
        time_stamp,
        value,
        qualities,
        details: any_details(chance, time_stamp),
    }
}

/// Mostly none.
fn any_details(chance: &mut Chance, time_stamp: TimeStamp) -> ReadingDetails {
    if chance.below(3) > 0 {
        return ReadingDetails::default();
    }
    let time = |chance: &mut Chance| {
        (chance.below(2) == 0).then(|| time_stamp.plus_seconds(chance.of(&[0, 0, 300, 86_400 * 40])))
    };
    let text =
        |chance: &mut Chance| chance.of(&[None, Some("head-end"), Some("other"), Some("z\u{e4}hler")]).map(Into::into);
    ReadingDetails {
        reported: time(chance),
        time_period: TimePeriod { start: None, end: time(chance) },
        source: text(chance),
        reason: text(chance),
        comment: text(chance),
    }
}

fn any_question(chance: &mut Chance, times: &[TimeStamp]) -> GetMeterReadings {
    let start = at("2024-01-14T22:00:00Z");
    let instant = |chance: &mut Chance| {
        (chance.below(3) == 0).then(|| start.plus_seconds(900 * i64::try_from(chance.below(160)).unwrap()))
    };
    let (from, to) = (instant(chance), instant(chance));
    let recorded = |chance: &mut Chance| (chance.below(3) == 0).then(|| chance.of(times));
    GetMeterReadings {
        meters: chance.of(&[vec![], vec![], vec!["b"], vec!["d", "a"]]).iter().map(|it| it.parse().unwrap()).collect(),
        qualities: chance.of(&[vec![], vec![], vec![], vec!["3.7.0"]]).iter().map(|it| it.parse().unwrap()).collect(),
        from,
        to,
        recorded_after: recorded(chance),
        as_of: recorded(chance),
        revisions: chance.below(2) == 0,
        ..GetMeterReadings::default()
    }
}

/// Whatever is sent and asked, the store answers as the list in memory does.
pub(crate) fn the_store_answers_as_a_list_would(trial: &Trial) {
    let store = &trial.store();
    for seed in [0x9e37_79b9_7f4a_7c15, 42] {
        let mut chance = Chance(seed);
        let caller = Caller::new(store, &format!("readings-model-{seed}"), NOW);
        let mut model = Model::default();
        let mut times = Vec::new();
        for number in 0..40 {
            let caller = caller.clone().later(i64::from(number) * 60);
            let count = 1 + chance.below(60);
            let mut items: Vec<Item> = (0..count).map(|_| any_item(&mut chance)).collect();
            let got = record(store, &caller, &items);
            times.push(caller.now());
            // The store takes a message in the order of time; the model must too where it matters.
            items.sort_by_key(|item| item.time_stamp);
            let counts = model.record(times.len() - 1, &items);
            assert_eq!((got.counts, got.violations), (counts, vec![]), "seed {seed}, message {number}");
            for _ in 0..3 {
                let get = any_question(&mut chance, &times);
                let limit = usize::try_from(chance.of(&[1_000, 50, 7, 1])).unwrap();
                let (mut found, mut after) = (Vec::new(), None);
                loop {
                    let it = page(store, &caller, &get, after.as_ref(), limit).unwrap();
                    found.extend(lines(&it.readings));
                    assert!(found.len() <= 10_000, "pages of {limit} do not end");
                    after = it.next;
                    if after.is_none() || (limit == 1 && found.len() >= 25) {
                        break;
                    }
                }
                let mut expected = model.answer(&get, &times);
                if after.is_some() {
                    expected.truncate(found.len());
                }
                let differ = found.iter().zip(&expected).find(|(one, other)| one != other);
                let all = (found.len(), expected.len());
                assert!(
                    differ.is_none() && all.0 == all.1,
                    "seed {seed}, message {number}, {get:?}: {all:?} {differ:?}"
                );
            }
        }
        let series = store.read(caller.organisation(), |it| meter_readings::series(it, &Default::default())).unwrap();
        assert_eq!(series.iter().map(|it| it.count).sum::<u64>(), model.0.len() as u64);
    }
}
