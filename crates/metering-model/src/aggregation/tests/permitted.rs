//! What may be aggregated how, and what comes of it.

use super::Operation::{Demand, Difference, Maximum, Mean, Minimum, Sum};
use super::*;
use crate::reading_type::{MacroPeriod, MeasuringPeriod};

#[test]
fn the_accumulation_decides() {
    for (accumulation, permitted) in [
        (0, &[Mean, Minimum, Maximum][..]),
        (1, &[Difference, Minimum, Maximum]),
        (2, &[Minimum, Maximum]),
        (3, &[Minimum, Maximum]),
        (4, &[Sum, Demand, Mean, Minimum, Maximum]),
        (6, &[Mean, Minimum, Maximum]),
        (9, &[Difference, Minimum, Maximum]),
        (10, &[Mean, Minimum, Maximum]),
        (12, &[Mean, Minimum, Maximum]),
        (13, &[Difference, Minimum, Maximum]),
        (14, &[Difference, Minimum, Maximum]),
        (999, &[Mean, Minimum, Maximum]),
    ] {
        let of = code(&format!("0.0.2.{accumulation}.1.1.12.0.0.0.0.0.0.0.0.3.72.0"));
        for operation in [Sum, Difference, Minimum, Maximum, Mean, Demand] {
            assert_eq!(operation.permit(&of).is_ok(), permitted.contains(&operation), "{operation} of {accumulation}");
        }
    }
}

#[test]
fn what_is_no_amount_has_no_sum() {
    // Voltage, current, power, demand, temperature, power factor, frequency, maxima, means; as deltas too.
    for of in [
        "0.0.2.4.0.1.54.0.0.0.0.0.0.0.129.0.29.0",
        "0.0.2.4.0.1.4.0.0.0.0.0.0.0.128.0.5.0",
        "0.0.2.4.1.1.37.0.0.0.0.0.0.0.0.3.38.0",
        "0.0.2.4.1.1.8.0.0.0.0.0.0.0.0.3.38.0",
        "0.0.2.4.0.0.46.0.0.0.0.0.0.0.0.0.23.0",
        "0.0.2.4.0.1.38.0.0.0.0.0.0.0.0.0.65.0",
        "0.0.2.4.0.1.15.0.0.0.0.0.0.0.0.0.33.0",
        "0.8.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
        "0.2.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",
    ] {
        let error = Sum.permit(&code(of)).unwrap_err().to_string();
        assert!(error.contains("add up"), "{error}");
        assert!(Demand.permit(&code(of)).is_err());
        let dial = of.replacen("2.4.", "0.1.", 1);
        assert!(Difference.permit(&code(&dial)).is_err(), "{dial}");
    }
    // Volumes, money and counts of events do add up, and so does what a list does not know.
    for of in [
        "0.0.2.4.1.9.58.0.0.0.0.0.0.0.0.0.42.0",
        "0.0.2.4.1.1.3.0.0.0.0.0.0.0.0.0.80.978",
        "0.0.2.4.0.1.136.0.0.0.0.0.0.0.0.0.111.0",
        "0.0.2.4.1.1.60000.0.0.0.0.0.0.0.0.0.60000.0",
    ] {
        assert_eq!(Sum.permit(&code(of)), Ok(()), "{of}");
    }
}

#[test]
fn what_has_no_mean_says_what_would_be_right() {
    for (of, right) in [
        (REGISTER, "take the difference of two readings"),
        ("8.0.0.3.1.1.8.0.0.0.0.0.0.0.0.3.38.0", "take the maximum"),
        ("0.0.0.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0", "divide the sum of active by the sum of apparent energy"),
        ("0.0.0.12.0.1.55.0.0.0.0.0.0.0.0.0.9.0", "angles go round"),
        ("0.0.0.12.0.1.43.0.0.0.0.0.0.0.0.0.0.0", "a state or a date"),
    ] {
        let error = Mean.permit(&code(of)).unwrap_err().to_string();
        assert!(error.starts_with(&format!("mean of {of}: ")) && error.contains(right), "{error}");
    }
}

#[test]
fn no_function_takes_what_is_not_permitted() {
    let none = Values::new(&[]);
    let hour = quarter_hours("10:00", "11:00");
    let state = code("0.0.0.12.0.1.43.0.0.0.0.0.0.0.0.0.0.0");
    let history = RegisterHistory::default();
    let errors = [
        sum(&code(REGISTER), none.iter(), &hour).err(),
        difference(&code(QUARTER_HOURS), none.iter(), hour.period(), &history).err(),
        mean(&code(REGISTER), none.iter(), &hour).err(),
        minimum(&state, none.iter(), &hour).err(),
        maximum(&state, none.iter(), &hour).err(),
        demand(&code(REGISTER), none.iter(), &hour, DemandBlock::fixed(IntervalLength::HOUR)).err(),
    ];
    for error in errors {
        assert!(matches!(error, Some(AggregationError::NotOfThis { .. })), "{error:?}");
    }
}

#[test]
fn the_reading_type_of_a_result() {
    let (day, month, billing) = (MacroPeriod::DAILY, MacroPeriod::MONTHLY, MacroPeriod::BILLING_PERIOD);
    for (operation, of, macro_period, expected) in [
        (Sum, QUARTER_HOURS, day, "11.26.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (Sum, "11.26.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", month, "13.26.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (Difference, REGISTER, billing, "8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (Difference, "0.0.0.9.19.2.12.0.0.0.0.3.0.0.0.6.73.0", day, "11.0.0.4.19.2.12.0.0.0.0.3.0.0.0.6.73.0"),
        (Minimum, VOLTAGE, day, "11.9.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        (Maximum, VOLTAGE, month, "13.8.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        // The highest of interval means; the highest of daily sums.
        (Maximum, "0.2.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0", day, "11.8.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0"),
        (Maximum, "11.26.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", month, "13.8.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        (Mean, VOLTAGE, day, "11.2.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        (Demand, QUARTER_HOURS, MacroPeriod::NONE, "0.0.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
        (Demand, "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0", day, "11.0.0.6.5.1.8.0.0.0.0.0.0.0.0.3.63.0"),
        (Demand, "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.71.0", day, "11.0.0.6.1.1.8.0.0.0.0.0.0.0.0.0.61.0"),
        (Demand, "0.0.7.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0", day, "11.0.0.6.1.7.155.0.0.0.0.0.0.0.0.0.125.0"),
    ] {
        let found = operation.reading_type(&code(of), macro_period).unwrap();
        assert_eq!(found.to_string(), expected, "{operation} of {of}");
    }
    for (operation, of) in [
        (Mean, "11.8.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        (Maximum, "11.9.0.12.0.1.54.0.0.0.0.0.0.0.129.0.29.0"),
        (Sum, REGISTER),
        // Money per hour has no unit.
        (Demand, "0.0.2.4.1.1.3.0.0.0.0.0.0.0.0.0.80.978"),
    ] {
        assert!(operation.reading_type(&code(of), day).is_err(), "{operation} of {of}");
    }
}

#[test]
fn blocks_and_their_codes_are_told_from_each_other() {
    let minutes = |minutes| IntervalLength::of_minutes(minutes).unwrap();
    let mut coded = 0;
    for period in MeasuringPeriod::LISTED {
        let Some(block) = DemandBlock::of(*period) else { continue };
        coded += 1;
        assert_eq!(block.measuring_period(), *period);
        // Fixed blocks are intervals too.
        assert_eq!(IntervalLength::of(*period).is_some(), block.length() == block.every());
        let name = period.name().unwrap();
        let spelled = format!("{}", block.length().seconds().get() / 60);
        assert!(name.contains(&format!(" of {spelled} minute")), "{name}");
    }
    assert_eq!(coded, 28);
    assert_eq!(
        DemandBlock::of(MeasuringPeriod::ROLLING_BLOCK_30_MINUTE_BY_5),
        Some(DemandBlock::rolling(minutes(30), minutes(5)))
    );
    assert_eq!(DemandBlock::fixed(minutes(7)).measuring_period(), MeasuringPeriod::NONE);
    for (period, expected) in [
        (MeasuringPeriod::ONE_MINUTE, Some(1)),
        (MeasuringPeriod::FIFTEEN_MINUTE, Some(15)),
        (MeasuringPeriod::SIXTY_MINUTE, Some(60)),
        (MeasuringPeriod::TWENTY_FOUR_HOUR, Some(1440)),
        (MeasuringPeriod::PRESENT, None),
        (MeasuringPeriod::SPECIFIED_INTERVAL, None),
    ] {
        assert_eq!(IntervalLength::of(period), expected.and_then(IntervalLength::of_minutes), "{period:?}");
    }
}
