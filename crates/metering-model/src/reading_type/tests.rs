use std::collections::BTreeSet;

use super::*;

/// Every code that the sources have: the part, the number (`?` where only one source has it), the name.
const CODES: &str = include_str!("../../tests/fixtures/reading_type_codes.txt");

/// A list: the part, how many codes there are, and what the list says of each.
struct List {
    part: &'static str,
    count: usize,
    rows: Vec<(i32, &'static str, bool)>,
}

macro_rules! list {
    ($part:literal, $List:ident, $count:literal) => {
        List {
            part: $part,
            count: $count,
            rows: $List::LISTED
                .iter()
                .map(|it| (i32::from(it.code()), it.name().unwrap(), it.is_confirmed()))
                .collect(),
        }
    };
}

fn lists() -> [List; 11] {
    [
        list!("macroPeriod", MacroPeriod, 7),
        list!("aggregate", Aggregate, 17),
        list!("measuringPeriod", MeasuringPeriod, 50),
        list!("accumulation", Accumulation, 11),
        list!("flowDirection", FlowDirection, 21),
        list!("commodity", Commodity, 41),
        list!("measurementKind", MeasurementKind, 131),
        list!("phases", Phases, 40),
        list!("multiplier", Multiplier, 21),
        list!("unit", MeasurementUnit, 246),
        list!("currency", Currency, 162),
    ]
}

#[test]
fn the_lists_have_every_code_and_no_other() {
    let mut listed = String::new();
    for List { part, count, rows } in lists() {
        assert_eq!(rows.len(), count, "{part}");
        assert!(rows.is_sorted_by_key(|row| row.0), "{part}");
        let names: BTreeSet<_> = rows.iter().map(|row| row.1).collect();
        assert_eq!(names.len(), count, "{part}: two codes of one name");
        for (code, name, confirmed) in rows {
            listed += &format!("{part} {code}{} {name}\n", if confirmed { "" } else { "?" });
        }
    }
    let (listed, codes): (Vec<_>, Vec<_>) = (listed.lines().collect(), CODES.lines().collect());
    for (listed, code) in listed.iter().zip(&codes) {
        assert_eq!(listed, code);
    }
    assert_eq!(listed.len(), codes.len());
    // With these the sources name 252 units.
    assert_eq!(MeasurementUnit::LISTED.len() + MeasurementUnit::WITHOUT_CODE.len(), 252);
}

#[test]
fn every_listed_code_comes_back_and_is_known() {
    for List { part, rows, .. } in lists() {
        let place = PART_NAMES.iter().position(|name| *name == part).unwrap();
        for (number, ..) in rows {
            let mut codes = [0; 18];
            codes[place] = number;
            let code = ReadingType::from_codes(codes);
            assert_eq!(code.to_string().parse(), Ok(code));
            assert_eq!(code.unlisted_parts().count(), 0, "{code}");
        }
    }
}

#[test]
fn what_no_list_has_is_neither_listed_nor_confirmed() {
    let odd = MeasurementUnit::from_code(61_000);
    assert_eq!((odd.name(), odd.is_listed(), odd.is_confirmed()), (None, false, false));
    assert!(MeasurementUnit::WATT_HOUR.is_confirmed() && Commodity::HYDROGEN.is_confirmed());
    assert!(Aggregate::HIGH.is_listed() && !Aggregate::HIGH.is_confirmed());
    let all = ReadingType::from_codes([
        60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 1, 1, 1, 1, 1, 1, 1, 60_000, 4, 60_000, 60_000,
    ]);
    assert_eq!(all.unlisted_parts().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 18]);
}
