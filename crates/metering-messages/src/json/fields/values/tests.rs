use super::*;
use crate::json::fields::tests::Sample;

fn raw(json: &str) -> Option<&RawValue> {
    Some(serde_json::from_str(json).unwrap())
}

fn told(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(|it| format!("{} {}: {}", it.at.field, it.code, it.detail)).collect()
}

#[test]
fn text_is_borrowed_unless_it_is_escaped() {
    let mut none = Vec::new();
    assert!(matches!(text(raw("\"kWh\""), 0, "unit", &mut none), Some(Cow::Borrowed("kWh"))));
    assert_eq!(text(raw(r#""k\u0057h \\ \" \ud83d\ude00""#), 0, "unit", &mut none).unwrap(), "kWh \\ \" \u{1f600}");
    assert_eq!(text(None, 0, "unit", &mut none), None);
    assert_eq!(text(raw("null"), 0, "unit", &mut none), None);
    assert_eq!(none, []);
    let mut found = Vec::new();
    assert_eq!(text(raw("[1]"), 0, "unit", &mut found), None);
    assert_eq!(text(raw(r#""\ud83d""#), 0, "unit", &mut found), None);
    assert_eq!(
        told(&found),
        [
            "unit wrong-kind: a text is needed here, not a list",
            "unit invalid-text: an escape in the text is no character: half of a surrogate pair",
        ]
    );
}

#[test]
fn decimals_are_exact_or_told_why_not() {
    let mut found = Vec::new();
    for (json, shown) in [("1234.50", "1234.50"), ("\"0.00\"", "0.00"), ("1.50e2", "150"), ("-0.1", "-0.1")] {
        assert_eq!(decimal(raw(json), 0, "value", &mut found).unwrap().to_string(), shown);
    }
    assert_eq!(found, []);
    for json in ["1234567890123456789", "0.1234567890123", "\"many\"", "true", "{}", "1e999999999"] {
        assert_eq!(decimal(raw(json), 0, "value", &mut found), None);
    }
    assert_eq!(
        told(&found),
        [
            "value too-many-digits: `1234567890123456789`: more than 18 significant digits; nothing is rounded",
            "value too-many-places: `0.1234567890123`: more than 12 places behind the decimal point; nothing is rounded",
            "value invalid-number: `many`: not a decimal number such as 1234.56; nothing is rounded",
            "value wrong-kind: a number is needed here, not true or false",
            "value wrong-kind: a number is needed here, not an object",
            "value too-many-digits: `1e999999999`: more than 18 significant digits; nothing is rounded",
        ]
    );
}

#[test]
fn whole_numbers_booleans_times_and_ids_are_told_by_their_own_rules() {
    let mut found = Vec::new();
    assert_eq!(integer(raw("-3"), 0, "multiplier", &mut found), Some(-3));
    assert_eq!(integer(raw("2.0"), 0, "multiplier", &mut found), Some(2));
    assert_eq!(boolean(raw("true"), 0, "isSmart", &mut found), Some(true));
    assert!(time(raw("\"2024-01-15T10:00:00Z\""), 0, "eventDateTime", &mut found).is_some());
    assert!(id::<metering_model::kind::Meter>(raw("\"1234LG\""), 0, "meterId", &mut found).is_some());
    assert_eq!(found, []);
    assert_eq!(integer(raw("2.5"), 0, "multiplier", &mut found), None);
    assert_eq!(integer(raw("\"2\""), 0, "multiplier", &mut found), None);
    assert_eq!(boolean(raw("\"true\""), 0, "isSmart", &mut found), None);
    assert_eq!(time(raw("\"2024-01-15T10:00:00\""), 0, "eventDateTime", &mut found), None);
    assert_eq!(id::<metering_model::kind::Meter>(raw("\"\""), 0, "meterId", &mut found), None);
    assert_eq!(
        told(&found),
        [
            "multiplier invalid-number: a whole number is needed here, not 2.5",
            "multiplier wrong-kind: a whole number is needed here, not a text",
            "isSmart wrong-kind: true or false is needed here, not a text",
            "eventDateTime invalid-time: `2024-01-15T10:00:00`: the offset from UTC is missing; write Z or one such as +01:00 behind the time",
            "meterId invalid-id: an id has at least one character",
        ]
    );
}

#[test]
fn what_lies_within_is_told_with_its_place() {
    let mut found = Vec::new();
    assert_eq!(texts(raw(r#"["a",1,"b\n",null]"#), 0, "deviceIds", &mut found).unwrap(), ["a", "b\n"]);
    let at = At { item: 0, within: "names/0/" };
    let name = object::<Sample<'_>>(raw(r#"{"meterId":"a","meterID":2}"#), at, "nameType", "a name type", &mut found);
    let name = name.unwrap();
    let within = At { item: 0, within: "names/0/nameType/" };
    assert_eq!(text(name.meter, within, "meterId", &mut found).unwrap(), "a");
    assert!(required(name.value, within, "value", &mut found).is_none());
    assert!(object::<Sample<'_>>(raw("7"), 0, "address", "an address", &mut found).is_none());
    assert_eq!(
        told(&found),
        [
            "deviceIds/1 wrong-kind: a text is needed here, not a number",
            "deviceIds/3 wrong-kind: a text is needed here, not null",
            "names/0/nameType/meterID unknown-field: no field of a name type is called `meterID`; did you mean `meterId`?",
            "names/0/nameType/value missing: `value` is missing",
            "address wrong-kind: an address is an object, not a number",
        ]
    );
}

#[test]
fn pairs_keep_their_order_and_each_name_once() {
    let mut found = Vec::new();
    let details = pairs(raw(r#"{"b":"1","a":"2","b":"3"}"#), 0, "details", &mut found).unwrap();
    assert_eq!(details.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["b", "a", "b"]);
    assert_eq!(told(&found), ["details duplicate-field: `b` stands twice; write it once"]);
}
