//! Sums, extremes, means and demand of interval data.

use super::*;
use crate::{DecimalError, MeterReadings, Reading, RecordedReading, RecordedReadings, Scale};

fn total(rows: &[&str], schedule: &Schedule) -> Result<Sum, AggregationError> {
    sum(&code(QUARTER_HOURS), Values::new(rows).iter(), schedule)
}

#[test]
fn a_sum_is_of_what_ends_after_the_beginning_and_at_the_end_or_before() {
    let rows = ["10:00 100", "10:15 1", "10:30 2", "10:45 4", "11:00 8", "11:15 100", "1970-01-01T00:15:00Z 100"];
    let hour = total(&rows, &quarter_hours("10:00", "11:00")).unwrap();
    assert_eq!(hour.total, Some(number("15")));
    assert!(hour.coverage.is_complete() && hour.coverage.gaps().is_empty());
    assert_eq!(hour.coverage.to_string(), "4 of 4 values");
    assert_eq!(total(&rows, &quarter_hours("10:15", "10:45")).unwrap().total, Some(number("6")));
}

#[test]
fn a_sum_says_what_it_rests_on() {
    let rows = [
        "10:15 1 1.0.0 3.0.1",
        "10:45 2 3.8.2",
        "11:00 4 1.0.0 3.8.1",
        "11:15 8 3.7.0 3.8.1",
        "11:30 - 2.5.259",
        "11:45 16 1.5.258 3.10.1",
        "12:00 32 1.2.32 1.4.2",
        "12:15 64 3.7.3",
        "12:30 128 3.12.0",
        "12:45 256 3.11.0",
        "13:00 512 3.7.1",
        "13:15 1024 2.77.1",
    ];
    let sum = total(&rows, &quarter_hours("10:00", "14:00")).unwrap();
    let coverage = &sum.coverage;
    // All but the withdrawn one.
    assert_eq!(sum.total, Some(number("1983")));
    assert_eq!((coverage.expected(), coverage.values()), (Some(16), 10));
    let counts: Vec<_> = Standing::ALL.iter().map(|one| (one.to_string(), coverage.count(*one))).collect();
    let expected = [
        ("good", 1),
        ("noted", 1),
        ("edited", 1),
        ("derived", 1),
        ("estimated", 3),
        ("projected", 1),
        ("suspect", 2),
        ("missing", 6),
    ];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)));
    let gaps = [("10:15", "10:30"), ("11:15", "11:30"), ("12:00", "12:15"), ("13:15", "14:00")];
    assert_eq!(coverage.gaps(), gaps.map(|(from, to)| period(from, to)));
    assert_eq!(coverage.worst(), Standing::Missing);
    // Statements are counted as they were made, those about the missing ones too.
    assert_eq!(coverage.statements()[&"3.8.1".parse().unwrap()], 2);
    assert_eq!(coverage.statements()[&"2.5.259".parse().unwrap()], 1);
    // The result says it is derived, and carries what is said of the values in it.
    let qualities: Vec<_> = coverage.qualities().iter().map(|one| one.to_string()).collect();
    assert_eq!(
        qualities,
        [
            "1.2.32", "1.4.2", "1.5.258", "2.77.1", "3.7.0", "3.7.1", "3.8.1", "3.8.2", "3.10.0", "3.10.1", "3.11.0",
            "3.12.0"
        ]
    );
    assert_eq!(
        coverage.to_string(),
        "10 of 16 values, 1 noted, 1 edited, 1 derived, 3 estimated, 1 projected, 2 suspect; missing: \
         (2024-01-15T10:15:00Z, 2024-01-15T10:30:00Z], (2024-01-15T11:15:00Z, 2024-01-15T11:30:00Z], \
         (2024-01-15T12:00:00Z, 2024-01-15T12:15:00Z], (2024-01-15T13:15:00Z, 2024-01-15T14:00:00Z]"
    );
}

#[test]
fn nothing_there_is_not_zero_and_nothing_expected_is() {
    let none = total(&["10:30 - 2.5.259"], &quarter_hours("10:00", "11:00")).unwrap();
    assert_eq!((none.total, none.coverage.count(Standing::Missing)), (None, 4));
    assert_eq!(none.coverage.gaps(), [period("10:00", "11:00")]);
    assert_eq!(none.coverage.qualities(), Qualities::new(["3.10.0", "3.11.0"].map(|it| it.parse().unwrap())));

    let empty = total(&["10:00 1"], &quarter_hours("10:00", "10:00")).unwrap();
    assert_eq!((empty.total, empty.coverage.expected()), (Some(Decimal::ZERO), Some(0)));
    assert_eq!(empty.coverage.worst(), Standing::Good);
}

#[test]
fn stamps_that_are_wrong_are_named() {
    let hour = quarter_hours("10:00", "11:00");
    let error = total(&["10:15 1", "10:20 1", "10:40 1", "10:50 1", "10:55 1"], &hour).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no interval of (2024-01-15T10:00:00Z, 2024-01-15T11:00:00Z] ends at \
         2024-01-15T10:20:00Z, 2024-01-15T10:40:00Z, 2024-01-15T10:50:00Z and 1 more"
    );
    let error = total(&["10:30 1", "10:15 1", "10:30 1", "10:30 2", "10:15 1"], &hour).unwrap_err();
    assert_eq!(error, AggregationError::Repeated { stamps: vec![at("10:15"), at("10:30")] });
    let half_hours = Schedule::every(IntervalLength::HALF_HOUR, hour.period()).unwrap();
    assert_eq!(
        total(&[], &half_hours).unwrap_err().to_string(),
        "the reading type has intervals of 15 minutes, the schedule expects 30 minutes"
    );
    let error = total(&[], &Schedule::whenever(hour.period())).unwrap_err();
    assert_eq!(error, AggregationError::NoSchedule(Operation::Sum));
}

#[test]
fn a_sum_is_exact_or_an_error() {
    let hour = quarter_hours("10:00", "11:00");
    for (rows, expected) in [
        (["10:15 0.1", "10:30 0.20", "10:45 0.000000000001"], Ok("0.300000000001")),
        // On the way it does not fit, at the end it does, in whatever order.
        (
            ["10:15 999999999999999999", "10:30 999999999999999999", "10:45 -999999999999999999"],
            Ok("999999999999999999"),
        ),
        (["10:15 999999999999999999", "10:30 1", "10:45 0"], Err(DecimalError::TooManyDigits)),
        (["10:15 999999999999999999", "10:30 0.1", "10:45 0"], Err(DecimalError::TooManyDigits)),
        // Zeros at the end make room.
        (["10:15 999999999999999998", "10:30 0.50", "10:45 0.50"], Ok("999999999999999999")),
        (["10:15 -1.5", "10:30 1.5", "10:45 0"], Ok("0.0")),
    ] {
        let found = total(&rows, &hour).map(|sum| sum.total.unwrap().to_string());
        let does_not_fit = |why| AggregationError::DoesNotFit { operation: Operation::Sum, why };
        assert_eq!(found, expected.map(str::to_owned).map_err(does_not_fit), "{rows:?}");
    }
}

#[test]
fn daily_values_add_up_over_a_schedule_of_days() {
    let daily = code("11.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    let dates = "2024-01-01".parse().unwrap()..="2024-01-04".parse().unwrap();
    let schedule = Schedule::daily(Zone::UTC, dates).unwrap();
    let rows = ["2024-01-02T00:00:00Z 1", "2024-01-03T00:00:00Z 2", "2024-01-05T00:00:00Z 8"];
    let sum = sum(&daily, Values::new(&rows).iter(), &schedule).unwrap();
    assert_eq!(sum.total, Some(number("11")));
    let gap = Period::new(stamp("2024-01-03T00:00:00Z"), stamp("2024-01-04T00:00:00Z")).unwrap();
    assert_eq!(sum.coverage.gaps(), [gap]);
}

#[test]
fn extremes_are_the_first_of_their_kind() {
    let rows = ["08:00 230", "09:00 228.5 3.8.0", "10:00 231.0", "11:00 - 2.5.259", "12:00 231", "13:00 228.50"];
    let day = Schedule::whenever(period("00:00", "23:59"));
    let values = Values::new(&rows);
    let lowest = minimum(&code(VOLTAGE), values.iter(), &day).unwrap();
    let highest = maximum(&code(VOLTAGE), values.iter(), &day).unwrap();
    assert_eq!(lowest.found, Some(TimedValue { time_stamp: at("09:00"), value: number("228.5") }));
    assert_eq!(highest.found, Some(TimedValue { time_stamp: at("10:00"), value: number("231") }));
    assert_eq!(lowest.coverage, highest.coverage);
    assert_eq!(lowest.coverage.to_string(), "5 values, 1 estimated, 1 missing");
    let nothing = minimum(&code(VOLTAGE), values.iter(), &Schedule::whenever(period("20:00", "21:00"))).unwrap();
    assert_eq!((nothing.found, nothing.coverage.worst()), (None, Standing::Good));
}

#[test]
fn a_mean_is_exact_or_rounded_by_name() {
    let day = Schedule::whenever(period("00:00", "23:59"));
    let mean_of = |rows: &[&str]| mean(&code(VOLTAGE), Values::new(rows).iter(), &day).unwrap();
    assert_eq!(mean_of(&[]).exact(), Ok(None));
    assert_eq!(mean_of(&[]).rounded(Scale::S2, Rounding::HalfToEven), Ok(None));
    assert_eq!(mean_of(&["08:00 1.50", "09:00 2.50"]).exact().unwrap().unwrap().to_string(), "2.00");
    assert_eq!(mean_of(&["08:00 1", "09:00 2"]).exact().unwrap().unwrap().to_string(), "1.5");
    let thirds = mean_of(&["08:00 1", "09:00 1", "10:00 0"]);
    assert_eq!(thirds.exact(), Err(AggregationError::NotExact(Operation::Mean)));
    assert_eq!(thirds.sum_of_values(), Ok(number("2")));
    use Rounding::{HalfAwayFromZero, HalfToEven, TowardZero};
    for (rows, places, rounding, expected) in [
        (&["08:00 1", "09:00 1", "10:00 0"][..], Scale::S3, HalfAwayFromZero, "0.667"),
        (&["08:00 1", "09:00 1", "10:00 0"], Scale::S12, TowardZero, "0.666666666666"),
        (&["08:00 -1", "09:00 -1", "10:00 0"], Scale::S0, HalfToEven, "-1"),
        (&["08:00 -1", "09:00 -1", "10:00 0"], Scale::S0, TowardZero, "0"),
        (&["08:00 2", "09:00 3"], Scale::S0, HalfAwayFromZero, "3"),
        (&["08:00 2", "09:00 3"], Scale::S0, HalfToEven, "2"),
        (&["08:00 3", "09:00 4"], Scale::S0, HalfToEven, "4"),
        (&["08:00 -2", "09:00 -3"], Scale::S0, HalfAwayFromZero, "-3"),
        (&["08:00 -2", "09:00 -3"], Scale::S0, TowardZero, "-2"),
        (&["08:00 5"], Scale::S2, TowardZero, "5.00"),
    ] {
        let rounded = mean_of(rows).rounded(places, rounding).unwrap().unwrap();
        assert_eq!(rounded.to_string(), expected, "{rows:?} {rounding:?}");
    }
    // The sum of these is no decimal, their mean is.
    let large = mean_of(&["08:00 999999999999999999", "09:00 999999999999999999"]);
    assert!(large.sum_of_values().is_err());
    assert_eq!(large.exact(), Ok(Some(number("999999999999999999"))));
    let error = large.rounded(Scale::S1, TowardZero).unwrap_err().to_string();
    assert_eq!(error, "the result of mean does not fit a decimal: more than 18 significant digits");
}

fn blocks(length: u32, every: u32) -> DemandBlock {
    let minutes = |minutes| IntervalLength::of_minutes(minutes).unwrap();
    DemandBlock::rolling(minutes(length), minutes(every))
}

#[test]
fn demand_is_normalised_to_an_hour_block_by_block() {
    let rows = ["09:15 9", "09:30 1", "09:45 2", "10:00 4", "10:15 1.5 3.8.0", "10:30 0.5", "10:45 0.25", "11:00 0.75"];
    for (length, every, expected, found) in [
        (15, 15, 4, &["10:15 6", "10:30 2", "10:45 1", "11:00 3"][..]),
        (30, 30, 2, &["10:30 4", "11:00 2"]),
        (60, 60, 1, &["11:00 3"]),
        // Blocks that overlap reach back before the period.
        (60, 15, 4, &["10:15 8.5", "10:30 8", "10:45 6.25", "11:00 3"]),
        (60, 30, 2, &["10:30 8", "11:00 3"]),
        // Only the last quarter of each half hour.
        (15, 30, 2, &["10:30 2", "11:00 3"]),
        (45, 15, 4, &["10:15 10", "10:30 8", "10:45 3", "11:00 2"]),
    ] {
        let values = Values::new(&rows);
        let hour = quarter_hours("10:00", "11:00");
        let made = demand(&code(QUARTER_HOURS), values.iter(), &hour, blocks(length, every)).unwrap();
        let rows = Values::new(found);
        let expected_blocks: Vec<_> =
            rows.iter().map(|one| TimedValue { time_stamp: one.time_stamp, value: one.value.unwrap() }).collect();
        assert_eq!(made.blocks, expected_blocks, "{length} by {every}");
        assert_eq!(made.expected, expected, "{length} by {every}");
        assert!(made.coverage.is_complete() && made.coverage.count(Standing::Estimated) == 1);
    }
}

#[test]
fn a_block_with_a_gap_has_no_demand_and_the_first_peak_counts() {
    let rows = ["10:15 1", "10:30 1", "11:00 2", "11:15 1", "11:30 1.0", "11:45 9", "12:00 9 3.7.3"];
    let two_hours = quarter_hours("10:00", "12:00");
    let values = Values::new(&rows);
    let made = demand(&code(QUARTER_HOURS), values.iter(), &two_hours, blocks(30, 30)).unwrap();
    let ends: Vec<_> = made.blocks.iter().map(|block| block.time_stamp).collect();
    assert_eq!((ends, made.expected), (vec![at("10:30"), at("11:30")], 4));
    assert_eq!(made.maximum, Some(TimedValue { time_stamp: at("10:30"), value: number("4") }));
    assert_eq!(made.coverage.gaps(), [period("10:30", "10:45"), period("11:45", "12:00")]);
}

#[test]
fn demand_that_cannot_be_said_is_refused() {
    let hour = quarter_hours("10:00", "11:00");
    let none = Values::new(&[]);
    let error = demand(&code(QUARTER_HOURS), none.iter(), &hour, blocks(20, 20)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a demand block of 20 minutes, every 20 minutes, is not made of whole intervals of 15 minutes"
    );
    let error = demand(&code(QUARTER_HOURS), none.iter(), &Schedule::whenever(hour.period()), blocks(15, 15));
    assert_eq!(error.unwrap_err(), AggregationError::NoSchedule(Operation::Demand));
    // 1 kWh in 7 minutes is 60/7 kW.
    let any_length = code("0.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    let seven = Schedule::every(IntervalLength::of_minutes(7).unwrap(), period("10:00", "10:07")).unwrap();
    let one = Values::new(&["10:07 1"]);
    let error = demand(&any_length, one.iter(), &seven, blocks(7, 7)).unwrap_err();
    assert_eq!(error, AggregationError::NotExact(Operation::Demand));
}

#[test]
fn values_come_from_a_message_or_from_what_stands_of_a_page() {
    let qualities = vec![Qualities::good(), Qualities::new(["3.8.0".parse().unwrap()])];
    let reading = |time: &str, value: &str, series, qualities| Reading {
        time_stamp: at(time),
        value: value.parse().ok(),
        series,
        qualities,
        details: None,
        place: 0,
    };
    let readings = vec![
        reading("10:15", "1", 0, 0),
        reading("10:15", "9", 1, 0),
        reading("10:30", "2", 0, 1),
        reading("10:45", "4", 0, 0),
    ];
    let message = MeterReadings { qualities: qualities.clone(), readings: readings.clone(), ..Default::default() };
    let hour = quarter_hours("10:00", "11:00");
    let of_message = sum(&code(QUARTER_HOURS), ValueAt::of_series(&message, 0), &hour).unwrap();
    assert_eq!((of_message.total, of_message.coverage.count(Standing::Estimated)), (Some(number("7")), 1));

    let recorded = |reading, current| RecordedReading { reading, revision: 1, current, change: 0 };
    let mut recorded: Vec<_> = readings.iter().map(|reading| recorded(*reading, true)).collect();
    recorded.push(RecordedReading { current: false, ..recorded[0] });
    let page = RecordedReadings { qualities, readings: recorded, ..Default::default() };
    assert_eq!(sum(&code(QUARTER_HOURS), ValueAt::current_of_series(&page, 0), &hour).unwrap(), of_message);
}
