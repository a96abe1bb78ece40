//! What holds of any values.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::Scale;

/// One of three standings, a value with two places, or none.
type Row = (Option<i64>, u8);

fn rows(count: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Row>> {
    vec((prop::option::weighted(0.9, -5_000i64..50_000), 0u8..3), count)
}

fn qualities() -> [Qualities; 3] {
    [Qualities::good(), Qualities::new(["3.8.1".parse().unwrap()]), Qualities::new(["1.5.258".parse().unwrap()])]
}

fn hundredths(digits: i64) -> Decimal {
    Decimal::new(digits, Scale::S2).unwrap()
}

fn start() -> TimeStamp {
    at("00:00")
}

fn quarter(number: usize) -> TimeStamp {
    start().plus_seconds(number as i64 * 900)
}

/// A row of quarter hours; no row at all where the standing is bad and the value missing.
fn values<'a>(rows: &[Row], qualities: &'a [Qualities; 3]) -> Vec<ValueAt<'a>> {
    let at = |(number, (value, standing)): (usize, &Row)| {
        let value = ValueAt {
            time_stamp: quarter(number + 1),
            value: value.map(hundredths),
            qualities: &qualities[usize::from(*standing)],
        };
        (value.value.is_some() || *standing < 2).then_some(value)
    };
    rows.iter().enumerate().filter_map(at).collect()
}

fn quarters(from: usize, to: usize) -> Schedule {
    Schedule::every(IntervalLength::QUARTER_HOUR, Period::new(quarter(from), quarter(to)).unwrap()).unwrap()
}

fn plus(one: Option<Decimal>, other: Option<Decimal>) -> Option<Decimal> {
    let digits = |it: Option<Decimal>| it.map_or(0, |it| it.times_ten_to(2).unwrap().digits());
    (one.is_some() || other.is_some()).then(|| hundredths(digits(one) + digits(other)))
}

proptest! {
    #[test]
    fn neither_order_nor_what_lies_outside_matters(
        (in_order, shuffled) in rows(1..60).prop_flat_map(|rows| {
            let places: Vec<_> = (0..rows.len()).collect();
            (Just(rows), Just(places).prop_shuffle())
        }),
        cut in 0usize..60,
    ) {
        let qualities = qualities();
        let given = values(&in_order, &qualities);
        let mut mixed: Vec<_> = shuffled.iter().filter_map(|place| given.get(*place).copied()).collect();
        let (of, end) = (code(QUARTER_HOURS), in_order.len());
        let (from, cut) = (0, cut.min(end));
        for schedule in [quarters(from, end), quarters(cut, end), quarters(from, cut)] {
            let within: Vec<_> = given.iter().copied().filter(|it| schedule.period().contains(it.time_stamp)).collect();
            prop_assert_eq!(sum(&of, mixed.iter().copied(), &schedule), sum(&of, within.iter().copied(), &schedule));
            prop_assert_eq!(maximum(&of, mixed.iter().copied(), &schedule), maximum(&of, within.iter().copied(), &schedule));
            prop_assert_eq!(mean(&of, mixed.iter().copied(), &schedule), mean(&of, within.iter().copied(), &schedule));
        }
        // Twice the same stamp is an error wherever it stands.
        mixed.push(given.first().copied().unwrap_or(ValueAt { time_stamp: quarter(1), value: None, qualities: &qualities[0] }));
        if !given.is_empty() {
            let error = sum(&of, mixed, &quarters(from, end));
            prop_assert_eq!(error, Err(AggregationError::Repeated { stamps: vec![given[0].time_stamp] }));
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(rows in rows(1..80), cut in 0usize..80) {
        let qualities = qualities();
        let (given, end) = (values(&rows, &qualities), rows.len());
        let cut = cut.min(end);
        let of = code(QUARTER_HOURS);
        let part = |from, to| sum(&of, given.iter().copied(), &quarters(from, to)).unwrap();
        let (one, other, whole) = (part(0, cut), part(cut, end), part(0, end));
        prop_assert_eq!(plus(one.total.filter(|_| cut > 0), other.total.filter(|_| cut < end)), whole.total);
        for standing in Standing::ALL {
            let counted = one.coverage.count(*standing) + other.coverage.count(*standing);
            prop_assert_eq!(counted, whole.coverage.count(*standing));
        }
        prop_assert_eq!(one.coverage.worst().max(other.coverage.worst()), whole.coverage.worst());
        // Gaps are as long together, in order, apart from each other, and hold no value.
        let length = |sum: &Sum| sum.coverage.gaps().iter().map(|gap| gap.micros()).sum::<u64>();
        prop_assert_eq!(length(&one) + length(&other), length(&whole));
        prop_assert_eq!(length(&whole), whole.coverage.count(Standing::Missing) * 900_000_000);
        prop_assert!(whole.coverage.gaps().windows(2).all(|pair| pair[0].to() < pair[1].from()));
        for gap in whole.coverage.gaps() {
            prop_assert!(given.iter().all(|one| one.value.is_none() || !gap.contains(one.time_stamp)));
        }
        // Extremes of the whole are the best of the parts, the earlier of equals.
        let highest = |from, to| maximum(&of, given.iter().copied(), &quarters(from, to)).unwrap().found;
        let best = match (highest(0, cut), highest(cut, end)) {
            (Some(one), Some(other)) => Some(if other.value > one.value { other } else { one }),
            (one, other) => one.or(other),
        };
        prop_assert_eq!(best, highest(0, end));
    }

    #[test]
    fn the_mean_lies_between_the_extremes(rows in rows(1..40), places in 0u8..=12) {
        let qualities = qualities();
        let given = values(&rows, &qualities);
        let (of, day) = (code(QUARTER_HOURS), quarters(0, rows.len()));
        let mean = mean(&of, given.iter().copied(), &day).unwrap();
        let lowest = minimum(&of, given.iter().copied(), &day).unwrap().found;
        let highest = maximum(&of, given.iter().copied(), &day).unwrap().found;
        let count = mean.coverage.values();
        let fine = mean.rounded(Scale::S12, Rounding::TowardZero).unwrap();
        match (fine, lowest, highest) {
            (Some(fine), Some(lowest), Some(highest)) => {
                prop_assert!(lowest.value <= fine && fine <= highest.value);
                prop_assert_eq!(mean.exact().is_ok(), mean.exact() == Ok(Some(fine)));
                // Rounded to fewer places it is off by half of the last at the most.
                let scale = Scale::new(places).unwrap();
                let sum = i128::from(mean.sum_of_values().unwrap().digits()) * 10i128.pow(10);
                for rounding in [Rounding::HalfAwayFromZero, Rounding::HalfToEven] {
                    let rounded = mean.rounded(scale, rounding).unwrap().unwrap();
                    let step = 10i128.pow(u32::from(12 - places));
                    let off = i128::from(rounded.digits()) * step * i128::from(count) - sum;
                    prop_assert!(off.abs() * 2 <= step * i128::from(count), "{rounded}");
                }
            }
            nothing => prop_assert_eq!(nothing, (None, None, None)),
        }
    }

    #[test]
    fn demand_over_an_hour_is_its_energy_and_peaks_of_days_make_the_peak(
        rows in rows(8..120),
        cut in 1usize..30,
        block in prop::sample::select(vec![(15u32, 15u32), (30, 15), (60, 15), (60, 30), (60, 60)]),
    ) {
        let qualities = qualities();
        let given = values(&rows, &qualities);
        // Whole hours; what comes before the first cut is there to reach back to.
        let end = rows.len() / 4 * 4;
        let cut = (cut * 4).min(end);
        let minutes = |minutes| IntervalLength::of_minutes(minutes).unwrap();
        let (of, block) = (code(QUARTER_HOURS), DemandBlock::rolling(minutes(block.0), minutes(block.1)));
        let part = |from, to| demand(&of, given.iter().copied(), &quarters(from, to), block).unwrap();
        let (one, other, whole) = (part(0, cut), part(cut, end), part(0, end));
        let mut blocks = one.blocks.clone();
        blocks.extend(&other.blocks);
        prop_assert_eq!(&blocks, &whole.blocks);
        prop_assert_eq!(one.expected + other.expected, whole.expected);
        prop_assert_eq!(whole.maximum.map(|peak| peak.value), blocks.iter().map(|block| block.value).max());
        // Each is the sum of its block, as if it went on for an hour.
        for made in &whole.blocks {
            let from = block.length().before(made.time_stamp);
            let energy = sum(&of, given.iter().copied(), &Schedule::every(
                IntervalLength::QUARTER_HOUR,
                Period::new(from, made.time_stamp).unwrap(),
            ).unwrap()).unwrap();
            prop_assert!(energy.coverage.is_complete());
            let times = i64::from(3600 / block.length().seconds().get());
            let expected = energy.total.unwrap().times_ten_to(2).unwrap().digits() * times;
            prop_assert_eq!(made.value, hundredths(expected));
        }
    }

    #[test]
    fn nothing_panics(
        given in vec((-3i64..40, prop::option::of((any::<i64>(), 0u8..=12)), 0u8..3), 0..12),
        events in vec((-3i64..40, 0u8..5, any::<i64>(), 0u8..=12, 0u32..20), 0..6),
        accumulation in prop::sample::select(vec![1u16, 4, 9, 12]),
        flow in prop::sample::select(vec![1u16, 4]),
        far in any::<bool>(),
    ) {
        let decimal = |(digits, places): (i64, u8)| Decimal::new(digits % 1_000_000_000_000_000_000, Scale::new(places).unwrap()).unwrap();
        let qualities = qualities();
        let base = if far { TimeStamp::MAX.plus_seconds(-40 * 450) } else { start() };
        let at = |step: i64| base.plus_seconds(step * 450);
        let given: Vec<_> = given.into_iter().map(|(step, value, standing)| ValueAt {
            time_stamp: at(step),
            value: value.map(decimal),
            qualities: &qualities[usize::from(standing)],
        }).collect();
        let events = events.into_iter().map(|(step, kind, digits, places, width)| {
            let (at, value, dial) = (at(step), decimal((digits, places)), Dial::with_digits(width).unwrap_or_default());
            match kind {
                0 => RegisterEvent::Rollover { at },
                1 => RegisterEvent::Exchange { at, last: Some(value), first: value, dial },
                2 => RegisterEvent::Exchange { at, last: None, first: value, dial },
                3 => RegisterEvent::Reset { at, last: Some(value), first: Decimal::ZERO },
                _ => RegisterEvent::ReverseFlow { at },
            }
        });
        let of = code(&format!("0.0.0.{accumulation}.{flow}.1.12.0.0.0.0.0.0.0.0.3.72.0"));
        let history = RegisterHistory::new(Dial::UNKNOWN, events);
        let period = Period::new(at(0), at(38)).unwrap();
        let _ = difference(&of, given.iter().copied(), period, &history).map_err(|error| error.to_string());
        for schedule in [Schedule::every(IntervalLength::QUARTER_HOUR, period).unwrap(), Schedule::whenever(period)] {
            let given = || given.iter().copied();
            let _ = sum(&of, given(), &schedule).map(|sum| sum.coverage.to_string()).map_err(|error| error.to_string());
            let _ = maximum(&of, given(), &schedule);
            let _ = demand(&of, given(), &schedule, DemandBlock::rolling(IntervalLength::HOUR, IntervalLength::QUARTER_HOUR));
            if let Ok(mean) = mean(&of, given(), &schedule) {
                let _ = (mean.exact(), mean.rounded(Scale::S12, Rounding::HalfToEven), mean.rounded(Scale::S0, Rounding::HalfToEven));
            }
        }
    }
}

/// What happens to a register in one quarter of an hour.
#[derive(Debug, Clone)]
struct Step {
    /// What flows, in hundredths.
    flows: i64,
    /// Whether it is read at the end.
    read: bool,
    /// A new meter half way: what flows until then, what it shows at first, how many digits it has.
    exchanged: Option<(i64, i64, u32)>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let exchanged = prop::option::weighted(0.1, (0i64..200_000, 0i64..10_000, 2u32..6));
    let step = (0i64..250_000, prop::bool::weighted(0.8), exchanged);
    vec(step.prop_map(|(flows, read, exchanged)| Step { flows, read, exchanged }), 1..40)
}

/// A register as it would be read: what flowed until each quarter of an hour, the readings, the history.
struct Lived {
    flowed: Vec<i64>,
    readings: Vec<(usize, Decimal)>,
    history: RegisterHistory,
}

fn live(digits: u32, first: i64, steps: &[Step]) -> Lived {
    let limit = |digits: u32| 10i64.pow(digits) * 100;
    let (mut shown, mut digits, mut flowed) = (first % limit(digits), digits, vec![0]);
    let (dial, mut events, mut readings) =
        (Dial::with_digits(digits).unwrap(), Vec::new(), vec![(0, hundredths(shown))]);
    for (number, step) in (1..).zip(steps) {
        let on = |shown: i64, flows: i64, digits: u32, events: &mut Vec<RegisterEvent>, second: i64| {
            let at = quarter(number - 1).plus_seconds(second);
            events.extend((0..(shown + flows) / limit(digits)).map(|_| RegisterEvent::Rollover { at }));
            (shown + flows) % limit(digits)
        };
        let mut flows = step.flows;
        if let Some((before, first, width)) = step.exchanged {
            let last = on(shown, before, digits, &mut events, 100);
            (shown, digits) = (first % limit(width), width);
            events.push(RegisterEvent::Exchange {
                at: quarter(number - 1).plus_seconds(450),
                last: Some(hundredths(last)),
                first: hundredths(shown),
                dial: Dial::with_digits(width).unwrap(),
            });
            shown = on(shown, flows, digits, &mut events, 800);
            flows += before;
        } else {
            shown = on(shown, flows, digits, &mut events, 900);
        }
        flowed.push(flowed[number - 1] + flows);
        if step.read {
            readings.push((number, hundredths(shown)));
        }
    }
    // In whatever order they are told.
    events.reverse();
    Lived { flowed, readings, history: RegisterHistory::new(dial, events) }
}

proptest! {
    #[test]
    fn a_register_advances_by_what_flowed(
        digits in 2u32..6,
        first in 0i64..10_000_000,
        steps in steps(),
        cuts in (0usize..45, 0usize..45),
    ) {
        let Lived { flowed, readings, history } = live(digits, first, &steps);
        let good = Qualities::good();
        let given = readings.iter().rev().map(|(number, value)| ValueAt {
            time_stamp: quarter(*number),
            value: Some(*value),
            qualities: &good,
        });
        let of = code(REGISTER);
        let find = |from: usize, to: usize| {
            let period = Period::new(quarter(from), quarter(to)).unwrap();
            difference(&of, given.clone(), period, &history).unwrap()
        };
        let read_by = |end: usize| readings.iter().map(|(number, _)| *number).rfind(|number| *number <= end).unwrap();
        let (from, to) = (cuts.0.min(cuts.1), cuts.0.max(cuts.1));
        let whole = find(from, to);
        let between = hundredths(*flowed.get(read_by(to)).unwrap() - flowed[read_by(from)]);
        let came = read_by(to) > from || from == to;
        prop_assert_eq!(whole.advance, came.then_some(between));
        let exact = read_by(from) == from && read_by(to) == to;
        prop_assert_eq!(whole.is_of_whole_period(), exact);
        // Periods that follow each other add up, wherever they are cut.
        for cut in from..=to {
            let (one, other) = (find(from, cut).advance, find(cut, to).advance);
            prop_assert_eq!(plus(one, other).unwrap_or(Decimal::ZERO), whole.advance.unwrap_or(Decimal::ZERO));
        }
    }

    #[test]
    fn intervals_made_from_a_register_sum_up_to_its_difference(
        digits in 2u32..6,
        first in 0i64..10_000_000,
        mut steps in steps(),
    ) {
        steps.iter_mut().for_each(|step| step.read = true);
        let Lived { readings, history, .. } = live(digits, first, &steps);
        let good = Qualities::good();
        let given = || readings.iter().map(|(number, value)| ValueAt {
            time_stamp: quarter(*number),
            value: Some(*value),
            qualities: &good,
        });
        let end = steps.len();
        let dial = code(REGISTER);
        let find = |from, to| {
            difference(&dial, given(), Period::new(quarter(from), quarter(to)).unwrap(), &history).unwrap()
        };
        let intervals: Vec<_> = (0..end).map(|number| ValueAt {
            time_stamp: quarter(number + 1),
            value: find(number, number + 1).advance,
            qualities: &good,
        }).collect();
        // What a difference makes may be summed.
        let of = Operation::Difference.reading_type(&dial, crate::reading_type::MacroPeriod::NONE).unwrap();
        let sum = sum(&of, intervals, &quarters(0, end)).unwrap();
        prop_assert!(sum.coverage.is_complete());
        prop_assert_eq!(sum.total, find(0, end).advance);
        prop_assert!(find(0, end).rollovers as usize <= history.events().len());
    }
}

/// Everywhere, in a month of some year: half hours to days, days to the month.
#[cfg(feature = "time-zones")]
#[test]
fn the_sums_of_the_days_are_the_sum_of_the_month() {
    use chrono::{Datelike, NaiveDate};

    let qualities = qualities();
    let (of, half_hour) = (code("0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"), IntervalLength::HALF_HOUR);
    let daily = Operation::Sum.reading_type(&of, crate::reading_type::MacroPeriod::DAILY).unwrap();
    let (mut whole_days, mut places) = (0, 0);
    for (place, name) in Zone::names().enumerate() {
        let zone: Zone = name.parse().unwrap();
        let (year, month) = (1990 + (place * 7 % 48) as i32, [3, 10][place % 2]);
        let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        let last = first.with_day(31).or(first.with_day(30)).unwrap();
        let Ok(schedule) = Schedule::every(half_hour, zone.month(year, month).unwrap()) else { continue };
        // Any numbers, some of them estimated, some missing.
        let values: Vec<_> = (0..)
            .zip(schedule.stamps())
            .map(|(number, time_stamp)| {
                let mixed = (number + place as i64) * 7919 % 1013;
                let value = (mixed % 97 != 0).then(|| hundredths(mixed));
                ValueAt { time_stamp, value, qualities: &qualities[usize::from(mixed % 53 == 0)] }
            })
            .collect();
        let month = sum(&of, values.iter().copied(), &schedule).unwrap();
        let (mut of_days, mut counted, mut estimated) = (Vec::new(), 0, 0);
        for (date, day) in zone.days(first..=last).unwrap() {
            // Only what may be in the day, for speed.
            let near = values
                .iter()
                .copied()
                .filter(|one| one.time_stamp.micros().abs_diff(day.to().micros()) < 172_800_000_000);
            let day_sum = sum(&of, near, &Schedule::every(half_hour, day).unwrap()).unwrap();
            counted += day_sum.coverage.values();
            estimated += day_sum.coverage.count(Standing::Estimated);
            whole_days += u32::from(day.micros() != 86_400_000_000);
            if !day.is_empty() {
                of_days.push((date, day.to(), day_sum.total, day_sum.coverage.qualities()));
            }
        }
        assert_eq!(counted, month.coverage.values(), "{name} {year}");
        assert_eq!(estimated, month.coverage.count(Standing::Estimated), "{name} {year}");
        let days = of_days.iter().map(|(_, time_stamp, value, qualities)| ValueAt {
            time_stamp: *time_stamp,
            value: *value,
            qualities,
        });
        let summed = sum(&daily, days, &Schedule::daily(zone, first..=last).unwrap()).unwrap();
        assert_eq!(summed.total, month.total, "{name} {year}");
        assert_eq!(summed.coverage.values(), of_days.len() as u64);
        // A day with something missing is no good day.
        assert!(summed.coverage.worst() >= Standing::Derived);
        places += 1;
    }
    assert!(places > 500 && whole_days > 100, "{places} {whole_days}");
}
