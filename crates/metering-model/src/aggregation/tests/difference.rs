//! Differences of registers, and all that makes one go down.

use super::*;
use crate::Register;

fn five_digits(events: impl IntoIterator<Item = RegisterEvent>) -> RegisterHistory {
    RegisterHistory::new(Dial::with_digits(5).unwrap(), events)
}

fn advance(rows: &[&str], of: &str, history: &RegisterHistory) -> Result<String, AggregationError> {
    let values = Values::new(rows);
    let day = period("10:00", "12:00");
    difference(&code(of), values.iter(), day, history).map(|it| it.advance.map_or("-".into(), |it| it.to_string()))
}

fn rollover(time: &str) -> RegisterEvent {
    RegisterEvent::Rollover { at: at(time) }
}

fn exchange(time: &str, last: &str, first: &str, digits: u32) -> RegisterEvent {
    let dial = Dial::with_digits(digits).unwrap_or_default();
    RegisterEvent::Exchange { at: at(time), last: last.parse().ok(), first: number(first), dial }
}

fn reset(time: &str, last: &str, first: &str) -> RegisterEvent {
    RegisterEvent::Reset { at: at(time), last: last.parse().ok(), first: number(first) }
}

#[test]
fn what_the_caller_says_explains_a_lower_reading() {
    let reverse = RegisterEvent::ReverseFlow { at: at("11:00") };
    for (rows, events, expected) in [
        (&["10:00 100.5", "12:00 103.25"][..], vec![], "2.75"),
        (&["10:00 100", "12:00 100"], vec![], "0"),
        (&["10:00 99990", "12:00 00010"], vec![rollover("11:00")], "20"),
        (&["10:00 99999.99", "11:00 0", "12:00 0.02"], vec![rollover("11:00")], "0.03"),
        (&["10:00 99990", "12:00 10"], vec![rollover("11:00"), rollover("11:30")], "100020"),
        // More than a whole turn.
        (&["10:00 10", "12:00 30"], vec![rollover("11:00")], "100020"),
        (&["10:00 5000", "12:00 7"], vec![exchange("11:00", "5003", "2", 5)], "8"),
        // The new meter starts higher, and nothing was used.
        (&["10:00 50", "12:00 70"], vec![exchange("11:00", "50", "70", 5)], "0"),
        // Each dial rolls over on its own digits.
        (
            &["10:00 99990", "12:00 5"],
            vec![rollover("10:30"), exchange("11:00", "10", "990", 3), rollover("11:30")],
            "35",
        ),
        (&["10:00 5000", "12:00 9"], vec![exchange("10:30", "5001", "7", 5), exchange("11:00", "8", "3", 6)], "8"),
        (&["10:00 5000", "12:00 4"], vec![reset("11:00", "5002", "0")], "6"),
        (&["10:00 5000", "12:00 4998"], vec![reverse], "-2"),
        (&["10:00 5000", "12:00 2"], vec![reverse, reset("11:30", "4990", "0")], "-8"),
        // Nobody read it before the exchange: the time before is unknown.
        (&["10:00 5000", "12:00 7"], vec![exchange("11:00", "?", "2", 5)], "-"),
        (&["10:00 5000", "12:00 7"], vec![reset("11:00", "?", "0")], "-"),
    ] {
        assert_eq!(advance(rows, REGISTER, &five_digits(events.clone())), Ok(expected.into()), "{rows:?} {events:?}");
    }
}

#[test]
fn an_event_comes_before_the_reading_of_its_time_stamp() {
    let rows = ["09:00 99990", "10:00 99995", "12:00 5", "13:00 9"];
    assert_eq!(advance(&rows, REGISTER, &five_digits([rollover("12:00")])), Ok("10".into()));
    // Outside the readings that are used it is none of this period's.
    for time in ["10:00", "12:01"] {
        assert!(matches!(
            advance(&rows, REGISTER, &five_digits([rollover(time)])),
            Err(AggregationError::WentDown { .. })
        ));
    }
    // But the dial of a meter that was exchanged before stays.
    let rows = ["09:30 99995", "10:00 90", "12:00 5"];
    let history = five_digits([rollover("11:00"), exchange("09:45", "99999", "80", 2)]);
    assert_eq!(advance(&rows, REGISTER, &history), Ok("15".into()));
}

#[test]
fn a_register_that_went_down_is_an_error_that_says_what_to_say() {
    let error = advance(&["10:00 5000", "11:00 4999", "12:00 5001"], REGISTER, &five_digits([])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the register went down from 5000 at 2024-01-15T10:00:00Z to 4999 at 2024-01-15T11:00:00Z: \
         say whether it rolled over, was exchanged or reset, or ran backwards"
    );
    // What ran backwards did so before the reset, not after it.
    let reverse = RegisterEvent::ReverseFlow { at: at("10:30") };
    let history = five_digits([reverse, reset("11:00", "4990", "50")]);
    assert_eq!(advance(&["10:00 5000", "12:00 51"], REGISTER, &history), Ok("-9".into()));
    assert!(matches!(
        advance(&["10:00 5000", "12:00 49"], REGISTER, &history),
        Err(AggregationError::WentDown { earlier_at, .. }) if earlier_at == at("11:00")
    ));
    // Written down at the exchange: lower than before, too.
    let history = five_digits([exchange("11:00", "4999", "0", 5)]);
    assert!(matches!(
        advance(&["10:00 5000", "12:00 1"], REGISTER, &history),
        Err(AggregationError::WentDown { later_at, .. }) if later_at == at("11:00")
    ));
}

#[test]
fn only_a_net_flow_goes_down_by_itself() {
    let silent = five_digits([]);
    for (rows, expected) in [
        (["10:00 5", "11:00 3", "12:00 4"], "-1"),
        (["10:00 2", "11:00 -3.5", "12:00 -4"], "-6.0"),
        (["10:00 -2", "11:00 0", "12:00 1"], "3"),
    ] {
        assert_eq!(advance(&rows, NET_REGISTER, &silent), Ok(expected.into()), "{rows:?}");
    }
    for flow in [9, 12, 14] {
        let of = NET_REGISTER.replacen("1.4.1", &format!("1.{flow}.1"), 1);
        assert_eq!(advance(&["10:00 5", "12:00 3"], &of, &silent), Ok("-2".into()));
    }
    for flow in [0, 1, 19, 20] {
        let of = NET_REGISTER.replacen("1.4.1", &format!("1.{flow}.1"), 1);
        assert!(advance(&["10:00 5", "12:00 3"], &of, &silent).is_err(), "{flow}");
    }
    // A net register that does roll over does so because somebody says so.
    assert_eq!(advance(&["10:00 99990", "12:00 10"], NET_REGISTER, &five_digits([rollover("11:00")])), Ok("20".into()));
}

#[test]
fn a_value_beyond_the_dial_is_an_error() {
    for (rows, bad) in [
        (["10:00 100000", "12:00 100001"], "100000"),
        (["10:00 99999.9", "12:00 100000.0"], "100000.0"),
        (["10:00 -1", "12:00 5"], "-1"),
    ] {
        let error = advance(&rows, REGISTER, &five_digits([])).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("a register that starts again at 100000 cannot show {bad} (at ")),
            "{error}"
        );
    }
    assert!(advance(&["10:00 -100000", "12:00 5"], NET_REGISTER, &five_digits([])).is_err());
    let error = advance(&["10:00 5", "12:00 7"], REGISTER, &five_digits([exchange("11:00", "6", "100", 2)]));
    assert!(matches!(error, Err(AggregationError::OffTheDial { .. })), "{error:?}");
    // Nobody said how many digits: any value will do, but no rollover.
    let unknown = RegisterHistory::new(Dial::UNKNOWN, []);
    assert_eq!(advance(&["10:00 99999", "12:00 100001"], REGISTER, &unknown), Ok("2".into()));
    let error =
        advance(&["10:00 99999", "12:00 1"], REGISTER, &RegisterHistory::new(Dial::UNKNOWN, [rollover("11:00")]));
    assert_eq!(error, Err(AggregationError::UnknownDial { at: at("11:00") }));
}

#[test]
fn a_dial_is_as_wide_as_its_register_says() {
    let register = |left_digit_count| Register { left_digit_count, ..Register::default() };
    assert_eq!(Dial::of(&register(Some(6))).limit(), Some(number("1000000")));
    for none in [None, Some(0), Some(18), Some(u32::MAX)] {
        assert_eq!(Dial::of(&register(none)), Dial::UNKNOWN, "{none:?}");
    }
    assert_eq!(Dial::with_digits(17).and_then(Dial::limit), Some(number("100000000000000000")));
    for none in ["0", "-5"] {
        assert_eq!(Dial::starting_again_at(number(none)), None);
    }
    // Five digits in kWh, read through a transformer of 40 to 1.
    let multiplied = RegisterHistory::new(Dial::starting_again_at(number("4000000")).unwrap(), [rollover("11:00")]);
    assert_eq!(advance(&["10:00 3999960", "12:00 40"], REGISTER, &multiplied), Ok("80".into()));
}

#[test]
fn readings_that_are_not_at_the_ends_are_said_to_be_so() {
    let find = |rows: &[&str]| {
        let values = Values::new(rows);
        difference(&code(REGISTER), values.iter(), period("10:00", "12:00"), &five_digits([])).unwrap()
    };
    let stamps = |found: &Difference| [found.from, found.to].map(|one| one.map(|it| it.time_stamp));

    let exact = find(&["10:00 1", "11:00 2 3.5.258", "12:00 4 3.8.0", "13:00 8"]);
    assert!(exact.is_of_whole_period());
    assert_eq!(exact.advance, Some(number("3")));
    assert_eq!(exact.coverage.to_string(), "2 of 2 values, 1 estimated");

    let around = find(&["08:00 0", "09:00 1", "11:00 4", "13:00 8"]);
    assert_eq!((around.advance, around.is_of_whole_period()), (Some(number("3")), false));
    assert_eq!(stamps(&around), [Some(at("09:00")), Some(at("11:00"))]);

    // No reading in the period is no advance of 0.
    let silent = find(&["10:00 1", "13:00 8"]);
    assert_eq!((silent.advance, stamps(&silent)), (None, [Some(at("10:00")), None]));
    assert_eq!(silent.coverage.count(Standing::Missing), 1);
    // None before it: where it stood is not known, whatever came after.
    let late = find(&["10:01 1", "12:00 8"]);
    assert_eq!((late.advance, stamps(&late)), (None, [None, Some(at("12:00"))]));
    assert_eq!(find(&[]).coverage.count(Standing::Missing), 2);
    // A reading without a value, or withdrawn, is none.
    let withdrawn = find(&["09:00 1", "10:00 - 2.5.259", "12:00 9 3.7.3", "11:00 5"]);
    assert_eq!((withdrawn.advance, stamps(&withdrawn)), (Some(number("4")), [Some(at("09:00")), Some(at("11:00"))]));

    // An exchange of which the last value is not known.
    let values = Values::new(&["10:00 5000", "12:00 7"]);
    let history = five_digits([exchange("11:00", "?", "2", 5)]);
    let found = difference(&code(REGISTER), values.iter(), period("10:00", "12:00"), &history).unwrap();
    assert_eq!((found.advance, found.unknown), (None, vec![period("10:00", "11:00")]));
}

#[test]
fn an_empty_period_has_a_difference_of_nothing() {
    let values = Values::new(&["10:00 5", "12:00 7"]);
    let find = |time| difference(&code(REGISTER), values.iter(), period(time, time), &five_digits([])).unwrap();
    assert_eq!((find("10:00").advance, find("10:00").is_of_whole_period()), (Some(Decimal::ZERO), true));
    assert_eq!((find("11:00").advance, find("11:00").is_of_whole_period()), (Some(Decimal::ZERO), false));
    assert_eq!(find("09:00").advance, None);
}

#[test]
fn two_readings_of_one_instant_are_an_error() {
    let error = advance(&["10:00 5", "10:00 5", "12:00 7"], REGISTER, &five_digits([])).unwrap_err();
    assert_eq!(error, AggregationError::Repeated { stamps: vec![at("10:00")] });
}
