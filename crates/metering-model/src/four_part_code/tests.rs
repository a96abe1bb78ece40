use proptest::prelude::*;

use super::{DeviceType, Domain, EventOrAction, SubDomain};
use crate::{EndDeviceControlType, EndDeviceEventType};

fn event(text: &str) -> EndDeviceEventType {
    text.parse().unwrap()
}

fn control(text: &str) -> EndDeviceControlType {
    text.parse().unwrap()
}

proptest! {
    #[test]
    fn any_four_numbers_come_back_and_can_be_explained(numbers: [u16; 4]) {
        let [device_type, domain, sub_domain, event_or_action] = numbers;
        let code = EndDeviceEventType::new(device_type, domain, sub_domain, event_or_action);
        prop_assert_eq!(code.codes(), numbers);
        prop_assert_eq!(code.to_string().parse(), Ok(code));
        prop_assert_eq!(EndDeviceEventType::from_standard_name(&code.standard_name().to_string()), Some(code));
        prop_assert!(!code.explain().to_string().is_empty());
        let code = EndDeviceControlType::new(device_type, domain, sub_domain, event_or_action);
        prop_assert_eq!(code.to_string().parse(), Ok(code));
        prop_assert_eq!(EndDeviceControlType::from_standard_name(&code.standard_name().to_string()), Some(code));
        prop_assert!(!code.explain().to_string().is_empty());
    }

    /// Numbers near those that are listed meet more of the rows.
    #[test]
    fn parts_are_told_by_name_or_as_unlisted(device_type in 0..30u16, domain in 0..45u16, sub in 0..310u16, event in 0..310u16) {
        let code = EndDeviceEventType::new(device_type, domain, sub, event);
        let explanation = code.explain().to_string();
        match code.name() {
            Some(name) => prop_assert!(explanation.ends_with(name)),
            None => prop_assert_eq!(explanation.matches("unlisted ").count(), code.unlisted_parts().count()),
        }
        let again = EndDeviceEventType::from_standard_name(&code.standard_name().to_string());
        prop_assert_eq!(again, Some(code));
    }

    #[test]
    fn no_text_makes_a_code_panic(text in ".*", near in "([-0-9*]{0,6}\\.){0,5}.{0,3}") {
        for text in [text, near] {
            let _ = text.parse::<EndDeviceEventType>().map_err(|error| error.to_string());
            let _ = EndDeviceControlType::from_standard_name(&text);
            let _ = EndDeviceControlType::from_name(&text);
        }
    }

    #[test]
    fn matching_asks_for_the_type_of_device_where_both_say_one(left in 0..4u16, right in 0..4u16, last in 0..2u16) {
        let (left, right) = (EndDeviceEventType::new(left, 26, 0, 85), EndDeviceEventType::new(right, 26, last, 85));
        let same_type = left.device_type == right.device_type;
        let one_unknown = [left, right].iter().any(|it| it.device_type == DeviceType::UNKNOWN);
        prop_assert_eq!(left.matches(right), last == 0 && (same_type || one_unknown));
        prop_assert_eq!(left.matches(right), right.matches(left));
        prop_assert_eq!(left.means_the_same_as(right), last == 0);
    }
}

#[test]
fn codes_match_on_the_last_three_parts_where_a_type_is_not_known() {
    for (left, right, matches) in [
        ("3.26.0.85", "3.26.0.85", true),
        ("0.26.0.85", "3.26.0.85", true),
        ("3.26.0.85", "0.26.0.85", true),
        ("0.26.0.85", "0.26.0.85", true),
        ("3.26.0.85", "26.26.0.85", false),
        ("999.26.0.85", "0.26.0.85", true),
        ("999.26.0.85", "3.26.0.85", false),
        ("3.26.0.85", "3.26.0.216", false),
        ("0.26.0.85", "3.26.0.216", false),
        // Only the type of device may be unknown: a 0 elsewhere stands for itself.
        ("3.0.0.85", "3.26.0.85", false),
        ("3.26.0.85", "3.26.25.85", false),
        ("3.26.0.0", "3.26.0.85", false),
    ] {
        assert_eq!(event(left).matches(event(right)), matches, "{left} {right}");
        assert_eq!(control(left).matches(control(right)), matches, "{left} {right}");
    }
    assert!(event("3.26.0.85").means_the_same_as(event("26.26.0.85")));
}

#[test]
fn events_are_explained() {
    for (code, explanation) in [
        ("3.26.0.85", "electric meter: power failed (last gasp)"),
        ("0.26.0.85", "power failed"),
        ("26.26.0.85", "communication device: power failed"),
        ("4.26.0.85", "gas meter: power failed"),
        ("999.26.0.85", "unlisted device type 999: power failed"),
        ("3.26.0.216", "electric meter: power restored"),
        ("3.12.0.257", "electric meter: tampering detected"),
        ("3.12.29.39", "electric meter: cover opened"),
        ("0.12.29.39", "cover opened"),
        ("24.12.29.39", "water meter: security, cover, opened"),
        ("3.31.0.68", "electric meter: switch disconnected"),
        ("3.31.0.84", "electric meter: switch could not be opened"),
        ("3.26.131.223", "electric meter: phase A voltage sag started"),
        ("3.26.38.93", "electric meter: overvoltage, upper limit reached"),
        ("3.26.38.85", "electric meter: power, voltage, failed"),
        ("3.35.261.93", "electric meter: temperature at the upper threshold (hot socket)"),
        ("0.26.111.85", "power test failed"),
        ("3.26.111.85", "electric meter: power, test, failed"),
        ("3.2.22.150", "electric meter: battery charge low"),
        ("10.23.136.85", "collector: network radio failed"),
        ("3.36.114.24", "electric meter: time changed"),
        ("3.0.43.0", "electric meter: event, nothing more said"),
        ("0.0.0.0", "nothing said"),
        ("3.0.0.0", "electric meter: nothing said"),
        ("3.26.0.0", "electric meter: power, no event said"),
        ("3.26.999.85", "electric meter: power, unlisted subdomain 999, failed"),
        ("3.22.0.85", "electric meter: unlisted domain 22, failed"),
        ("9.22.20.9", "unlisted device type 9: unlisted domain 22, unlisted subdomain 20, unlisted event 9"),
        (
            "65535.65535.65535.65535",
            "unlisted device type 65535: unlisted domain 65535, unlisted subdomain 65535, unlisted event 65535",
        ),
    ] {
        assert_eq!(event(code).explain().to_string(), explanation, "{code}");
    }
}

#[test]
fn controls_are_explained() {
    for (code, explanation) in [
        ("3.31.0.23", "electric meter: open switch (disconnect)"),
        ("0.31.0.23", "open switch (disconnect)"),
        ("3.31.0.18", "electric meter: close switch (connect)"),
        ("3.31.0.5", "electric meter: arm switch for closure"),
        ("3.31.0.6", "electric meter: arm switch for opening"),
        ("3.31.0.26", "electric meter: enable switch"),
        ("3.31.139.26", "electric meter: enable supply capacity limit"),
        ("3.31.138.22", "electric meter: disable emergency supply capacity limit"),
        ("12.15.43.300", "PAN device: schedule load control event"),
        ("12.15.43.8", "PAN device: cancel load control event"),
        ("16.15.0.54", "load control device: start load control"),
        ("12.15.17.13", "PAN device: change load control status"),
        ("3.15.17.13", "electric meter: load control, status, change"),
        ("12.20.9.82", "PAN device: publish price"),
        ("12.13.112.77", "PAN device: display text message"),
        ("7.10.73.298", "PAN gateway: open pairing window"),
        ("0.12.32.13", "change security key"),
        ("0.12.21.105", "install certificate"),
        ("3.8.0.214", "electric meter: reset demand"),
        ("3.31.0.0", "electric meter: remote switch, no control said"),
        ("3.31.0.30", "electric meter: remote switch, execute"),
        ("3.31.0.9", "electric meter: remote switch, unlisted control 9"),
        ("58.15.0.55", "electric vehicle: stop load control"),
        ("0.0.0.0", "nothing said"),
        (
            "500.600.700.800",
            "unlisted device type 500: unlisted domain 600, unlisted subdomain 700, unlisted control 800",
        ),
    ] {
        assert_eq!(control(code).explain().to_string(), explanation, "{code}");
    }
}

#[test]
fn printing_and_parsing_are_inverse() {
    for text in ["3.26.0.85", "0.0.0.0", "65535.1.2.3"] {
        assert_eq!(event(text).to_string(), text);
    }
}

#[test]
fn errors_say_which_part_is_wrong_and_why() {
    for (text, error) in [
        ("", "the event type has 4 parts separated by points, such as 3.26.0.85, this one has 1"),
        ("power failed", "the event type has 4 parts separated by points, such as 3.26.0.85, this one has 1"),
        ("3.26.0", "the event type has 4 parts separated by points, such as 3.26.0.85, this one has 3"),
        ("3.26.0.85.1", "the event type has 4 parts separated by points, such as 3.26.0.85, this one has 5"),
        ("-3.26.0.85", "part 1 of the event type (type) must be a number from 0 to 65535, not `-3`"),
        ("*.26.0.85", "part 1 of the event type (type) must be a number from 0 to 65535, not `*`"),
        (
            "03.26.0.85",
            "part 1 of the event type (type) must be a number from 0 to 65535 without zeros in front, not `03`",
        ),
        ("3.power.0.85", "part 2 of the event type (domain) must be a number from 0 to 65535, not `power`"),
        ("3.26..85", "part 3 of the event type (subDomain) must be a number from 0 to 65535, not ``"),
        ("3.26.x.y", "part 3 of the event type (subDomain) must be a number from 0 to 65535, not `x`"),
        ("3.26.0.65536", "part 4 of the event type (eventOrAction) must be a number from 0 to 65535, not `65536`"),
        ("3.26.0.+1", "part 4 of the event type (eventOrAction) must be a number from 0 to 65535, not `+1`"),
        ("3.26.0.85 ", "part 4 of the event type (eventOrAction) must be a number from 0 to 65535, not `85 `"),
        ("3.26.0.٨", "part 4 of the event type (eventOrAction) must be a number from 0 to 65535, not `٨`"),
    ] {
        assert_eq!(text.parse::<EndDeviceEventType>().unwrap_err().to_string(), error, "{text:?}");
    }
    for (text, error) in [
        ("3.31.23", "the control type has 4 parts separated by points, such as 3.31.0.23, this one has 3"),
        ("3.31.0.open", "part 4 of the control type (eventOrAction) must be a number from 0 to 65535, not `open`"),
    ] {
        assert_eq!(text.parse::<EndDeviceControlType>().unwrap_err().to_string(), error, "{text:?}");
    }
}

/// Every row: found by its code, by its name and by the name of the standard; told by its name.
macro_rules! every_well_known_code {
    ($Code:ident, $count:literal) => {{
        let rows: Vec<_> = $Code::well_known().collect();
        assert_eq!(rows.len(), $count);
        let order = |at: usize| {
            let [device_type, last @ ..] = rows[at].code.codes();
            (last, !rows[at].any_device_type, device_type)
        };
        for (at, row) in rows.iter().enumerate() {
            let code = row.code;
            assert!(at == 0 || order(at - 1) < order(at), "{code} is out of order");
            assert_eq!(code.listed(), Some(*row));
            assert_eq!(code.name(), Some(row.name));
            let from_name = $Code::from_name(row.name).unwrap();
            assert!(from_name.means_the_same_as(code), "{code} shares its name with {from_name}");
            assert!(code.explain().to_string().ends_with(row.name));
            assert_eq!(code.unlisted_parts().count(), 0, "{code}");
            assert_eq!($Code::from_standard_name(&code.standard_name().to_string()), Some(code));
            if row.any_device_type {
                let of_some_device = $Code::new(21, code.codes()[1], code.codes()[2], code.codes()[3]);
                assert_eq!(of_some_device.name(), Some(row.name));
            }
        }
    }};
}

#[test]
fn every_well_known_event_is_found() {
    every_well_known_code!(EndDeviceEventType, 436);
}

#[test]
fn every_well_known_control_is_found() {
    every_well_known_code!(EndDeviceControlType, 61);
}

#[test]
fn what_one_source_knows_is_unconfirmed() {
    let confirmed = |text| event(text).listed().unwrap().confirmed;
    assert!(confirmed("3.26.0.85") && confirmed("26.26.0.85") && confirmed("0.31.0.42"));
    assert!(!confirmed("3.12.29.39") && !confirmed("26.26.111.85"));
    assert_eq!(EndDeviceEventType::well_known().filter(|row| row.confirmed).count(), 14);
    assert_eq!(EndDeviceControlType::well_known().filter(|row| row.confirmed).count(), 4);
    // A part that a confirmed whole code has is confirmed with it.
    for code in EndDeviceEventType::well_known().filter(|row| row.confirmed).map(|row| row.code) {
        let EndDeviceEventType { device_type, domain, sub_domain, event_or_action } = code;
        assert!(device_type == DeviceType::UNKNOWN || device_type.is_confirmed());
        assert!(domain.is_confirmed() && sub_domain.is_confirmed() && event_or_action.is_confirmed(), "{code}");
    }
    assert!(!EventOrAction::SEALED.is_confirmed() && !Domain::RECODER.is_confirmed());
}

#[test]
fn names_of_the_standard_are_read() {
    for (name, code) in [
        ("ElectricMeter.Power.NA.Failed", Some("3.26.0.85")),
        ("*.Installation.NA.ChangeOutRequired", Some("0.6.0.27")),
        ("NA.Installation.NA.ChangeOut", Some("0.6.0.27")),
        ("NA.Power.PhaseAVoltagePotential.Failed", Some("0.26.126.85")),
        ("99.Power.999.Failed", Some("99.26.999.85")),
        ("electricmeter.Power.NA.Failed", None),
        ("ElectricMeter.Power.*.Failed", None),
        ("ElectricMeter.Power.NA", None),
        ("", None),
    ] {
        assert_eq!(EndDeviceEventType::from_standard_name(name), code.map(event), "{name}");
    }
    assert_eq!(event("3.21.70.40").standard_name().to_string(), "ElectricMeter.Metrology.MOL%.OutofRange");
    assert_eq!(EndDeviceEventType::from_name("no such event"), None);
}

#[test]
fn every_part_has_two_names_that_are_its_own() {
    macro_rules! part {
        ($Part:ident, $count:literal) => {{
            assert_eq!($Part::LISTED.len(), $count);
            for (at, code) in $Part::LISTED.iter().enumerate() {
                assert_eq!(code.standard_name().and_then($Part::from_standard_name), Some(*code));
                for other in &$Part::LISTED[..at] {
                    assert!(other < code && other.name() != code.name(), "{other:?} {code:?}");
                }
            }
        }};
    }
    part!(DeviceType, 27);
    part!(Domain, 33);
    part!(SubDomain, 171);
    part!(EventOrAction, 148);
    assert!(EventOrAction::ACTIONS.iter().all(|action| action.is_listed()));
}

/// With the feature `serde` a code is its text in any format.
#[cfg(feature = "serde")]
#[test]
fn a_code_is_written_and_read_as_its_text() {
    use serde::Deserialize as _;
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, StrDeserializer};

    fn read(text: &str) -> Result<EndDeviceEventType, Error> {
        let text: StrDeserializer<'_, Error> = text.into_deserializer();
        EndDeviceEventType::deserialize(text)
    }
    assert_eq!(read("3.26.0.85").unwrap().to_string(), "3.26.0.85");
    assert!(read("3.26.0").unwrap_err().to_string().contains("parts separated by points"));
}

#[test]
fn what_the_words_of_the_api_name_is_well_known() {
    for word in crate::words::EVENT_WORDS {
        let code = crate::words::event_type(word).unwrap();
        assert!(code.listed().is_some(), "{word} {code}");
    }
    for word in crate::words::CONTROL_WORDS {
        let code = crate::words::control_type(word).unwrap();
        assert!(code.listed().is_some(), "{word} {code}");
    }
}
