use proptest::prelude::*;

use super::*;
use crate::ReadingType;
use crate::reading_type::{Commodity, MeasuringPeriod, Multiplier};

fn obis(text: &str) -> Obis {
    text.parse().unwrap()
}

fn code(text: &str) -> ReadingType {
    text.parse().unwrap()
}

fn quarter_hours() -> ObisContext {
    ObisContext {
        multiplier: Multiplier::KILO,
        measuring_period: MeasuringPeriod::FIFTEEN_MINUTE,
        ..ObisContext::default()
    }
}

#[test]
fn printing_and_parsing_are_inverse_whichever_groups_are_given() {
    for text in ["1.8.0", "1-0:1.8.0", "1-0:1.8.0*255", "1-1:99.1.0", "1.8.0*3", "255-255:255.255.255*0"] {
        assert_eq!(obis(text).to_string(), text);
    }
    assert_eq!(obis("01.08.000*03").to_string(), "1.8.0*3");
    assert_eq!(obis("1.0.1.8.0.255").to_string(), "1-0:1.8.0*255");
    assert_ne!(obis("1.8.0"), obis("1-0:1.8.0"));
    assert_eq!(obis("1.8.0").complete(), obis("1-0:1.8.0").complete());
}

#[test]
fn an_error_names_the_group() {
    for (text, group) in [
        ("x-0:1.8.0", Group::A),
        ("1-256:1.8.0", Group::B),
        ("1-:1.8.0", Group::B),
        ("F.8.0", Group::C),
        ("1.+8.0", Group::D),
        ("1.8.0001", Group::E),
        ("1.8.0*", Group::F),
        ("1.8.0*1*2", Group::F),
        ("1.0.1.8.0.256", Group::F),
        ("1.8.0&1", Group::E),
        ("1.8.٣", Group::E),
    ] {
        match text.parse::<Obis>() {
            Err(ObisError::NotANumber { group: found, .. }) => assert_eq!(found, group, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    for (text, group) in [("", Group::C), ("1-0:", Group::C), ("1", Group::D), ("1.8", Group::E), ("1:1.8.0", Group::B)]
    {
        let error = text.parse::<Obis>().unwrap_err();
        assert_eq!(error, ObisError::Missing { group, text: text.into() });
    }
    assert!(matches!("1.-8.0".parse::<Obis>(), Err(ObisError::Missing { group: Group::C, .. })));
    assert_eq!("1.0.1.8".parse::<Obis>(), Err(ObisError::Numbers(4)));
    assert_eq!("1-0:1.0.1.8.0.255".parse::<Obis>(), Err(ObisError::Numbers(6)));
    assert_eq!(&".".repeat(99).parse::<Obis>().unwrap_err(), &ObisError::Numbers(100));
    assert_eq!(
        "1-0:1.8".parse::<Obis>().unwrap_err().to_string(),
        "group E (the tariff) of the OBIS code `1-0:1.8` is missing; a code is such as 1-0:1.8.0*255 or 1.8.0"
    );
}

#[test]
fn codes_in_everyday_use_have_the_reading_types_of_the_field() {
    for (text, reading_type) in [
        ("1.8.0", "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ("1-0:1.8.4*255", "0.0.0.1.1.1.12.0.0.0.0.4.0.0.0.3.72.0"),
        ("1-1:2.8.0", "0.0.0.1.19.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ("3.8.0", "0.0.0.1.5.1.12.0.0.0.0.0.0.0.0.3.73.0"),
        ("4.8.0", "0.0.0.1.13.1.12.0.0.0.0.0.0.0.0.3.73.0"),
        ("8.8.0", "0.0.0.1.18.1.12.0.0.0.0.0.0.0.0.3.73.0"),
        ("9.8.0", "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.71.0"),
        ("15.8.0", "0.0.0.1.20.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ("16.8.0", "0.0.0.1.4.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ("61.8.0", "0.0.0.1.1.1.12.0.0.0.0.0.0.0.32.3.72.0"),
        ("1.29.0", "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ("3.29.0", "0.0.2.4.5.1.12.0.0.0.0.0.0.0.0.3.73.0"),
        ("1.4.0", "0.2.15.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
        ("1.5.0", "0.2.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
        ("1.6.1", "8.8.2.6.1.1.8.0.0.0.0.1.0.0.0.3.38.0"),
        ("1.27.0", "0.2.2.6.1.1.37.0.0.0.0.0.0.0.0.3.38.0"),
        ("1.7.0", "0.0.0.12.1.1.37.0.0.0.0.0.0.0.0.3.38.0"),
        ("22.7.0", "0.0.0.12.19.1.37.0.0.0.0.0.0.0.128.3.38.0"),
        ("16.7.0", "0.0.0.12.4.1.37.0.0.0.0.0.0.0.0.3.38.0"),
        ("52.7.0", "0.0.0.12.0.1.54.0.0.0.0.0.0.0.65.3.29.0"),
        ("31.7.0", "0.0.0.12.0.1.4.0.0.0.0.0.0.0.128.3.5.0"),
        ("91.7.0", "0.0.0.12.0.1.4.0.0.0.0.0.0.0.16.3.5.0"),
        ("14.7.0", "0.0.0.12.0.1.15.0.0.0.0.0.0.0.0.3.33.0"),
        ("13.7.0", "0.0.0.12.0.1.38.0.0.0.0.0.0.0.0.3.65.0"),
        ("73.7.0", "0.0.0.12.0.1.38.0.0.0.0.0.0.0.32.3.65.0"),
        ("1.8.0*12", "8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
        ("1.6.0*0", "8.8.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"),
    ] {
        let found = obis(text).reading_type(&quarter_hours()).unwrap();
        assert_eq!(found, code(reading_type), "{text}: {found}");
    }
}

#[test]
fn every_row_leads_there_and_back_and_no_two_to_the_same() {
    let mut seen = std::collections::BTreeMap::new();
    for obis in Obis::mapped() {
        let context = quarter_hours();
        let reading_type = obis.reading_type(&context).unwrap();
        assert_eq!(Obis::of(&reading_type), Ok(obis), "{reading_type}");
        assert_eq!(reading_type.unlisted_parts().count(), 0);
        assert_eq!(seen.insert(reading_type, obis), None, "{obis} and another are both {reading_type}");
    }
    assert!(seen.len() > 150, "{} rows", seen.len());
}

#[test]
fn a_code_without_counterpart_says_which_group_and_why() {
    for (text, group, why) in [
        ("0-0:96.1.0", Group::A, "no reading of electricity"),
        ("7-0:3.0.0", Group::A, "gas, not electricity"),
        ("8-0:1.0.0", Group::A, "water"),
        ("1-128:1.8.0", Group::B, "channels are 0 to 64"),
        ("1-1:99.1.0", Group::C, "many readings"),
        ("1-0:0.2.0", Group::C, "device's own data"),
        ("1-0:200.8.0", Group::C, "no quantity of the table"),
        ("1-0:32.8.0", Group::D, "of this quantity"),
        ("1-0:1.99.0", Group::D, "no processing of the table"),
        ("1-0:1.8.64", Group::E, "0 (all) to 63"),
        ("1-0:32.7.3", Group::E, "a harmonic"),
        ("1-0:1.8.0*101", Group::F, "0 to 99"),
        ("1-0:1.7.0*1", Group::F, "leave it out"),
    ] {
        let error = obis(text).reading_type(&ObisContext::default()).unwrap_err();
        assert!(matches!(error, NoReadingType::Group { group: found, .. } if found == group), "{error}");
        assert!(error.to_string().starts_with(text) && error.to_string().contains(why), "{error}");
    }
    let gas = ObisContext { commodity: Commodity::NATURAL_GAS, ..ObisContext::default() };
    assert!(matches!(obis("1.8.0").reading_type(&gas), Err(NoReadingType::Commodity { .. })));
    let running = ObisContext { measuring_period: MeasuringPeriod::PRESENT, ..ObisContext::default() };
    assert!(matches!(obis("1.5.0").reading_type(&running), Err(NoReadingType::Interval { .. })));
    assert!(obis("1.4.0").reading_type(&running).is_ok());
}

#[test]
fn a_reading_type_without_counterpart_says_which_part() {
    for (text, part) in [
        ("11.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", 1),
        ("0.26.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", 2),
        ("0.0.2.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", 3),
        ("0.2.16.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0", 3),
        ("0.0.0.3.1.1.12.0.0.0.0.0.0.0.0.3.72.0", 4),
        ("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.73.0", 5),
        ("0.0.0.1.1.9.58.0.0.0.0.0.0.0.0.0.42.0", 6),
        ("0.0.0.1.1.1.37.0.0.0.0.0.0.0.0.3.72.0", 7),
        ("0.0.0.12.0.1.54.3.1.0.0.0.0.0.129.0.29.0", 8),
        ("0.0.0.1.1.1.12.0.0.0.0.64.0.0.0.3.72.0", 12),
        ("0.0.0.12.0.1.54.0.0.0.0.1.0.0.129.0.29.0", 12),
        ("0.0.0.1.1.1.12.0.0.0.0.0.1.0.0.3.72.0", 13),
        ("0.0.0.1.1.1.12.0.0.0.0.0.0.0.224.3.72.0", 15),
        ("0.0.0.12.0.1.54.0.0.0.0.0.0.0.132.0.29.0", 15),
        ("0.0.0.12.0.1.46.0.0.0.0.0.0.0.0.0.23.0", 17),
        ("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.978", 18),
    ] {
        let error = Obis::of(&code(text)).unwrap_err();
        assert!(matches!(error, NoObis::Part { part: found, .. } if found == part), "{text}: {error}");
    }
    let dial_at_close = code("8.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    assert!(matches!(Obis::of(&dial_at_close), Err(NoObis::WhichBillingPeriod { .. })));
    assert!(matches!(Obis::of_billing_period(&dial_at_close, 100), Err(NoObis::BillingPeriod { .. })));
    let dial = code("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0");
    assert!(matches!(Obis::of_billing_period(&dial, 1), Err(NoObis::BillingPeriod { .. })));
}

#[test]
fn what_senders_say_differently_is_read_as_the_same() {
    assert_eq!(Obis::of(&code("0.0.0.9.1.2.12.0.0.0.0.0.0.0.0.3.72.0")), Ok(obis("1-0:1.8.0*255")));
    assert_eq!(Obis::of(&code("0.0.0.6.1.0.37.0.0.0.0.0.0.0.0.3.38.0")), Ok(obis("1-0:1.7.0*255")));
}

proptest! {
    #[test]
    fn any_six_numbers_come_back(groups: [u8; 6]) {
        let full = Obis::from(groups);
        prop_assert_eq!(full.to_string().parse(), Ok(full));
        prop_assert_eq!(full.groups(), groups);
        let dotted = groups.map(|it| it.to_string()).join(".");
        prop_assert_eq!(dotted.parse(), Ok(full));
        // Whatever it is: a reading type that leads back, or an error that can be said.
        match full.reading_type(&ObisContext::default()) {
            Ok(reading_type) => {
                let [a, _, c, d, e, f] = groups;
                let back = if f <= 99 { Obis::of_billing_period(&reading_type, f) } else { Obis::of(&reading_type) };
                prop_assert_eq!(back, Ok(Obis::from([a, 0, c, d, e, f])));
            }
            Err(error) => prop_assert!(error.to_string().contains(&full.to_string())),
        }
    }

    #[test]
    fn every_row_with_every_tariff_period_and_context_leads_there_and_back(
        row in 0..Obis::mapped().count(),
        tariff in 0u8..=63,
        closed in proptest::option::of(0u8..=99),
        multiplier: i8,
        length in prop_oneof![Just(0u16), Just(2), Just(5), Just(7), 50u16..=77],
        commodity in 0u16..=2,
    ) {
        let [a, b, c, d, ..] = Obis::mapped().nth(row).map(Obis::groups).unwrap();
        let context = ObisContext {
            multiplier: Multiplier::from_code(multiplier),
            commodity: Commodity::from_code(commodity),
            measuring_period: MeasuringPeriod::from_code(length),
        };
        let full = Obis::from([a, b, c, d, tariff, closed.unwrap_or(255)]);
        if let Ok(reading_type) = full.reading_type(&context) {
            let back = match closed {
                Some(period) => Obis::of_billing_period(&reading_type, period),
                None => Obis::of(&reading_type),
            };
            prop_assert_eq!(back, Ok(full));
            prop_assert_eq!(full.reading_type(&ObisContext::of(&reading_type)), Ok(reading_type));
        } else {
            // Only what has no tariff or no billing period.
            prop_assert!(tariff > 0 || closed.is_some());
        }
    }

    #[test]
    fn a_reading_type_with_one_part_changed_has_no_code_or_its_own(
        row in 0..Obis::mapped().count(),
        part in (0..18usize).prop_filter("the multiplier is free", |part| *part != 15),
        number in prop_oneof![0u16..=30, any::<u16>()],
    ) {
        let reading_type = Obis::mapped().nth(row).unwrap().reading_type(&quarter_hours()).unwrap();
        let mut parts = reading_type.codes();
        parts[part] = number.into();
        let changed = code(&parts.map(|it| it.to_string()).join("."));
        let found = Obis::of(&changed).or_else(|_| Obis::of_billing_period(&changed, 0));
        if let Ok(found) = found {
            let again = found.reading_type(&ObisContext::of(&changed)).unwrap();
            // Two spellings of how values follow each other are read as one.
            prop_assert_eq!(ReadingType { accumulation: changed.accumulation, ..again }, changed);
        }
    }

    #[test]
    fn no_reading_type_and_no_text_makes_it_panic(codes: [u16; 17], multiplier: i8, text in ".*", near in "[-0-9.:*]{0,24}") {
        let mut parts = codes.map(|it| it.to_string()).to_vec();
        parts.insert(15, multiplier.to_string());
        let _ = Obis::of(&code(&parts.join("."))).map_err(|error| error.to_string());
        for text in [text, near] {
            let _ = text.parse::<Obis>().map_err(|error| error.to_string());
        }
    }
}
