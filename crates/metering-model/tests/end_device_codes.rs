//! The lists of the event and control codes are whole: `fixtures/end_device_codes.txt` has a line
//! for each row, and each row is a line of it.

use std::collections::BTreeSet;

use metering_model::four_part_code::{DeviceType, Domain, EventOrAction, SubDomain};
use metering_model::{EndDeviceControlType, EndDeviceEventType};

const LINES: &str = include_str!("fixtures/end_device_codes.txt");

/// How many lines there are of each list.
const COUNTS: [(&str, usize); 7] = [
    ("type", 27),
    ("domain", 33),
    ("subDomain", 174),
    ("eventOrAction", 149),
    ("action", 25),
    ("event", 436),
    ("control", 61),
];

/// The lines of one list: code and name of the standard.
fn lines(list: &str) -> Vec<(&'static str, &'static str)> {
    let of_list = LINES.lines().map(|line| line.splitn(3, ' ').collect::<Vec<_>>()).filter(|line| line[0] == list);
    of_list.map(|line| (line[1], line[2])).collect()
}

#[test]
fn every_list_has_its_lines_once() {
    for (list, count) in COUNTS {
        let lines = lines(list);
        assert_eq!(lines.len(), count, "{list}");
        assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), count, "{list}");
    }
    assert_eq!(LINES.lines().count(), COUNTS.iter().map(|(_, count)| count).sum::<usize>());
}

/// Each line is a code of the list with that name, and each code of the list has a line.
macro_rules! part {
    ($Part:ident, $list:literal, $all:expr) => {
        let mut found = BTreeSet::new();
        for (code, name) in lines($list) {
            let named = $Part::from_standard_name(name).unwrap_or_else(|| panic!("{} {name} is missing", $list));
            assert_eq!(named, $Part::from_code(code.parse().unwrap()), "{} {name}", $list);
            assert!(named.is_listed());
            found.insert(named);
        }
        assert_eq!(found, $all.iter().copied().collect(), "{}", $list);
    };
}

#[test]
fn the_lists_of_the_parts_are_whole() {
    part!(DeviceType, "type", DeviceType::LISTED);
    part!(Domain, "domain", Domain::LISTED);
    part!(SubDomain, "subDomain", SubDomain::LISTED);
    part!(EventOrAction, "eventOrAction", EventOrAction::LISTED);
    part!(EventOrAction, "action", EventOrAction::ACTIONS);
}

macro_rules! whole {
    ($Code:ident, $list:literal) => {
        let listed: BTreeSet<_> = $Code::well_known()
            .map(|row| {
                let (code, name) = (row.code.to_string(), row.code.standard_name().to_string());
                let any = |text: &str| text.split_once('.').map(|(_, last)| format!("*.{last}")).unwrap();
                if row.any_device_type { (any(&code), any(&name)) } else { (code, name) }
            })
            .collect();
        let lines = lines($list).into_iter().map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
        assert_eq!(listed, lines);
    };
}

#[test]
fn the_lists_of_whole_codes_are_whole() {
    whole!(EndDeviceEventType, "event");
    whole!(EndDeviceControlType, "control");
}
