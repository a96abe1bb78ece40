use std::num::NonZeroU32;

use proptest::prelude::*;

use super::*;
use crate::reading_type::Multiplier;
use crate::{DecimalError, Scale};

fn code(multiplier: i8, unit: u16) -> ReadingType {
    ReadingType {
        multiplier: Multiplier::from_code(multiplier),
        unit: MeasurementUnit::from_code(unit),
        ..ReadingType::NONE
    }
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_conversion_moves_the_point_and_the_code_follows() {
    for (multiplier, unit, word, value, converted, new_multiplier) in [
        (3, 72, "Wh", "1234.50", "1234500", 0),
        (3, 72, "kWh", "1234.50", "1234.50", 3),
        (0, 72, "MWh", "1234.50", "0.00123450", 6),
        (9, 38, "kW", "1.5", "1500000", 3),
        (-3, 29, "V", "230123", "230.123", 0),
    ] {
        let conversion = Conversion::to_unit(&code(multiplier, unit), word).unwrap().unwrap();
        assert_eq!(conversion.apply(number(value)).unwrap().to_string(), converted);
        assert_eq!(conversion.reading_type(), code(new_multiplier, unit));
    }
}

#[test]
fn a_conversion_never_rounds() {
    let to_mwh = Conversion::to_unit(&code(0, 72), "MWh").unwrap().unwrap();
    assert_eq!(to_mwh.apply(number("0.0000001")), Err(DecimalError::TooManyPlaces));
    let far = Conversion::to_unit(&code(-128, 72), "MWh").unwrap().unwrap();
    assert_eq!(far.apply(number("1")), Err(DecimalError::TooManyPlaces));
    assert_eq!(far.apply(number("0")), Ok(Decimal::ZERO));
}

#[test]
fn another_kind_is_left_alone_and_an_unknown_unit_is_a_fault() {
    assert_eq!(Conversion::to_unit(&code(3, 73), "kWh"), Ok(None));
    let fault = Conversion::to_unit(&code(3, 72), "kwh").unwrap_err();
    assert_eq!(fault.field, "unit");
    assert!(fault.detail.contains("did you mean `kWh`?"), "{}", fault.detail);
}

#[test]
fn eighteen_digits_pass_exactly_through_every_quantity() {
    for text in ["999999999999999999", "0.000000000001", "-123456.789012345678", "0"] {
        let value = number(text);
        let there_and_back = [
            energy_value(&energy(value, &code(3, 72)).unwrap(), &code(3, 72)),
            power_value(&power(value, &code(6, 38)).unwrap(), &code(6, 38)),
            electric_potential_value(&electric_potential(value, &code(-3, 29)).unwrap(), &code(-3, 29)),
            electric_current_value(&electric_current(value, &code(0, 5)).unwrap(), &code(0, 5)),
            frequency_value(&frequency(value, &code(0, 33)).unwrap(), &code(0, 33)),
            ratio_value(&ratio(value, &code(0, 65)).unwrap(), &code(0, 65)),
        ];
        for back in there_and_back {
            assert_eq!(back, Ok(value), "{text}");
        }
    }
}

#[test]
fn reactive_and_apparent_values_are_no_active_ones() {
    for (unit, symbol) in [(73, "kVArh"), (71, "kVAh")] {
        let text = energy(number("1"), &code(3, unit)).unwrap_err().to_string();
        assert_eq!(text, format!("{symbol} is not Wh: a value in {symbol} is no Energy"));
    }
    for unit in [61, 63] {
        assert!(power(number("1"), &code(0, unit)).is_err());
    }
    assert_eq!(
        frequency(number("1"), &code(2, 42)).unwrap_err().to_string(),
        "m3 times ten to 2 is not Hz: a value in m3 times ten to 2 is no Frequency"
    );
}

#[test]
fn demand_is_energy_over_time_or_has_no_exact_decimal() {
    let kwh = code(3, 72);
    let mean = |value: &str, seconds| {
        let power = mean_power(&energy(number(value), &kwh).unwrap(), NonZeroU32::new(seconds).unwrap());
        power_value(&power, &code(3, 38))
    };
    assert_eq!(mean("0.1", 900), Ok(number("0.4")));
    assert_eq!(mean("-2.5", 1800), Ok(number("-5")));
    let error = mean("1", 2520 * 3).unwrap_err();
    assert_eq!(error.to_string(), "the Power has no exact decimal in kW within 18 digits and 12 places");
}

/// The units that have a quantity.
const UNITS: [u16; 11] = [72, 73, 71, 38, 63, 61, 29, 5, 33, 65, 42];

fn decimals() -> impl Strategy<Value = Decimal> {
    let digits = prop_oneof![-999_999_999_999_999_999i64..=999_999_999_999_999_999, -10_000i64..=10_000];
    (digits, 0u8..=12).prop_map(|(digits, places)| Decimal::new(digits, Scale::new(places).unwrap()).unwrap())
}

proptest! {
    #[test]
    fn any_value_is_exact_there_and_back(value in decimals(), multiplier: i8, unit in 0..UNITS.len()) {
        let of = code(multiplier, UNITS[unit]);
        let quantity = Quantity::of(value, &of).unwrap();
        prop_assert_eq!(quantity.unit(), of.unit);
        prop_assert_eq!(quantity.value(&of), Ok(value));
    }

    #[test]
    fn quantities_and_conversions_agree(value in decimals(), from in -9i8..=9, to in -9i8..=9) {
        let (from, to) = (code(from, 72), code(to, 72));
        let converted = Conversion::between(&from, &to).unwrap();
        prop_assert_eq!(converted.reading_type(), to);
        match (converted.apply(value), Quantity::of(value, &from).unwrap().value(&to)) {
            (Ok(moved), Ok(calculated)) => {
                prop_assert_eq!(moved, calculated);
                // And back, to the very digits.
                let back = Conversion::between(&to, &from).unwrap().apply(moved).unwrap();
                prop_assert_eq!(back, value);
            }
            (Err(_), Err(QuantityError::NotExact { .. })) => {}
            // The point could move further than the digits would fit without their zeros in front.
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn the_floating_point_number_is_the_nearest(value in decimals(), multiplier in -30i8..=30) {
        let quantity = Quantity::of(value, &code(multiplier, 38)).unwrap();
        let text = format!("{}e{}", value.digits(), i32::from(multiplier) - i32::from(value.scale().places()));
        prop_assert_eq!(quantity.to_f64_lossy(), text.parse::<f64>().unwrap());
    }
}

#[test]
fn every_kind_is_told_from_every_other() {
    for unit in UNITS {
        let quantity = Quantity::of(number("1.5"), &code(3, unit)).unwrap();
        for other in UNITS {
            let value = quantity.value(&code(3, other));
            assert_eq!(value.is_ok(), unit == other, "{unit} {other}");
        }
    }
    let error = Quantity::of(number("1"), &code(3, 72)).unwrap().value(&code(3, 73)).unwrap_err();
    assert_eq!(error.to_string(), "Wh cannot be converted to kVArh: the two measure different things");
    let error = Quantity::of(number("1"), &code(0, 23)).unwrap_err().to_string();
    assert!(error.starts_with("there is no quantity for values in degC; "), "{error}");
    let error = Volume::try_from(Quantity::of(number("1"), &code(0, 72)).unwrap()).unwrap_err().to_string();
    assert_eq!(error, "Wh is not m3: a value in Wh is no Volume");
    assert_eq!(Quantity::from(energy(number("1"), &code(3, 72)).unwrap()).kind(), "Energy");
}

#[test]
fn reactive_demand_is_exact_too() {
    let energies = ["0.1", "0.2", "-0.05"].map(|it| reactive_energy(number(it), &code(3, 73)).unwrap());
    let sum: ReactiveEnergy = energies.into_iter().sum();
    let demand = sum.mean_power(NonZeroU32::new(900).unwrap());
    assert_eq!(reactive_power_value(&demand, &code(3, 63)), Ok(number("1")));
    let apparent = apparent_energy(number("7"), &code(0, 71)).unwrap();
    let less = apparent.clone() - apparent.clone() - apparent;
    assert_eq!(apparent_energy_value(&-less, &code(3, 71)), Ok(number("0.007")));
}

#[test]
fn what_uom_has_over_floating_point_can_be_had() {
    let energy = energy(number("1234.5"), &code(3, 72)).unwrap();
    assert_eq!(energy_f64_lossy(&energy).get::<uom::si::energy::kilowatt_hour>(), 1234.5);
    let far = Quantity::of(number("1"), &code(-128, 72)).unwrap();
    assert!(far.to_f64_lossy() > 0.0);
}
