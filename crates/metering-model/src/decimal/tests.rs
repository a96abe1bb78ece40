use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Result<String, DecimalError> {
    text.parse::<Decimal>().map(|it| it.to_string())
}

#[test]
fn digits_come_back_as_written() {
    for text in ["0", "0.00", "1.50", "-0.001", "1234.50", "999999999999999999", "0.000000000001"] {
        assert_eq!(read(text).as_deref(), Ok(text));
    }
    assert_eq!(std::mem::size_of::<Option<Decimal>>(), 16);
}

#[test]
fn exponents_move_the_point_or_are_refused() {
    assert_eq!(read("1.50e2").as_deref(), Ok("150"));
    assert_eq!(read("150E-2").as_deref(), Ok("1.50"));
    assert_eq!(read("1e17").as_deref(), Ok("100000000000000000"));
    assert_eq!(read("0e999999999999").as_deref(), Ok("0"));
    assert_eq!(read("1e18"), Err(DecimalError::TooManyDigits));
    assert_eq!(read("1e999"), Err(DecimalError::TooManyDigits));
    assert_eq!(read("1e-13"), Err(DecimalError::TooManyPlaces));
}

#[test]
fn what_is_no_number_or_too_long_is_refused() {
    for text in ["", "-", ".", "1.2.3", "NaN", "0x10", "1e", "1_000", " 1", "1 ", "true"] {
        assert_eq!(read(text), Err(DecimalError::NotANumber), "{text:?}");
    }
    assert_eq!(read("1234567890123456789"), Err(DecimalError::TooManyDigits));
    // Ten times these does not fit the integer behind it either.
    for text in ["9999999999999999999", "99999999999999999999", "9.99999999999999999999", "999999999999999999e1"] {
        assert_eq!(read(text), Err(DecimalError::TooManyDigits), "{text:?}");
    }
    assert_eq!(read("0.1234567890123"), Err(DecimalError::TooManyPlaces));
    // Zeros in front are no significant digits.
    assert_eq!(read("00000000000000000000001.5").as_deref(), Ok("1.5"));
}

#[test]
fn signs_and_zeros_are_read_as_a_number_is() {
    for (text, printed) in
        [("-0", "0"), ("+0", "0"), ("-0.00", "0.00"), ("+1.5", "1.5"), ("-007", "-7"), (".5", "0.5"), ("5.", "5")]
    {
        assert_eq!(read(text).as_deref(), Ok(printed), "{text}");
    }
    for text in ["+-1", "--1", "1-", "1e+-2", "1e2.5", "1ee2", "e5", "-e5", "Infinity", "\u{0661}", "1,5"] {
        assert_eq!(read(text), Err(DecimalError::NotANumber), "{text:?}");
    }
}

#[test]
fn the_ends_of_the_integer_behind_it_are_no_decimals() {
    for digits in [i64::MIN, i64::MIN + 1, -LARGEST - 1, LARGEST + 1, i64::MAX] {
        assert_eq!(Decimal::new(digits, Scale::S0), Err(DecimalError::TooManyDigits), "{digits}");
    }
    for text in ["9223372036854775807", "-9223372036854775808", "1e2147483648", "1e-2147483648"] {
        assert!(read(text).is_err(), "{text}");
    }
    assert_eq!(Decimal::new(-LARGEST, Scale::S12).unwrap().to_string(), "-999999.999999999999");
    let zero = Decimal::new(0, Scale::S12).unwrap();
    for power in [i8::MIN, -12, 12, i8::MAX] {
        assert_eq!(zero.times_ten_to(power), Ok(Decimal::ZERO), "{power}");
    }
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (-LARGEST..=LARGEST, 0..=MAX_SCALE)
        .prop_map(|(digits, places)| Decimal::new(digits, Scale::new(places).unwrap()).unwrap())
}

proptest! {
    #[test]
    fn printing_and_reading_are_inverse(value in any_decimal()) {
        let read: Decimal = value.to_string().parse().unwrap();
        prop_assert!(read.is_written_like(value));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), near in "[-+]{0,2}[0-9]{0,25}\\.?[0-9]{0,25}([eE][-+]?[0-9]{0,25})?") {
        let _ = (Decimal::from_bytes(&bytes), Decimal::from_bytes(near.as_bytes()));
    }

    #[test]
    fn a_conversion_goes_back_to_the_same_number(value in any_decimal(), power in -30i8..=30) {
        if let Ok(there) = value.times_ten_to(power) {
            prop_assert_eq!(there.times_ten_to(-power), Ok(value));
        }
    }

    #[test]
    fn order_and_hash_agree_with_equality(left in any_decimal(), right in any_decimal(), more in 0..=MAX_SCALE) {
        prop_assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
        let longer = Scale::new(more).filter(|scale| *scale > left.scale()).and_then(|scale| {
            let zeros = POWERS[usize::from(scale.places() - left.scale().places())];
            Decimal::new(left.digits().checked_mul(zeros)?, scale).ok()
        });
        if let Some(longer) = longer {
            prop_assert_eq!(longer, left);
            prop_assert_eq!(longer.shortest(), left.shortest());
        }
    }
}

#[test]
fn equality_and_hash_are_those_of_the_number() {
    use std::collections::HashSet;
    let spellings = ["1.5", "1.50", "1.500"].map(|text| text.parse::<Decimal>().unwrap());
    assert_eq!(HashSet::from(spellings).len(), 1);
    assert!(!spellings[0].is_written_like(spellings[1]));
    assert!("-2".parse::<Decimal>().unwrap() < "-1.999".parse().unwrap());
}

#[test]
fn scaling_is_exact_or_refused() {
    let value: Decimal = "123456789012345678".parse().unwrap();
    assert_eq!(value.times_ten_to(1), Err(DecimalError::TooManyDigits));
    assert_eq!("0.000000000001".parse::<Decimal>().unwrap().times_ten_to(-1), Err(DecimalError::TooManyPlaces));
    assert_eq!("0.00".parse::<Decimal>().unwrap().times_ten_to(6).unwrap(), Decimal::ZERO);
    assert_eq!("1000".parse::<Decimal>().unwrap().times_ten_to(-15).unwrap().to_string(), "0.000000000001");
}
