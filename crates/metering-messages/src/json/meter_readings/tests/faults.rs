use super::*;

#[test]
fn every_rule_is_told_with_its_pointer_and_code() {
    for (members, expected) in [
        ("\"readingDateTime\":", "readingDateTime missing"),
        ("\"readingDateTime\":null", "readingDateTime missing"),
        ("\"readingType\":", "readingType missing"),
        ("\"unit\":", "unit missing"),
        ("\"meterID\":\"x\"", "meterID unknown-field"),
        ("\"phase\":\"A\";\"phase\":\"A\"", "phase duplicate-field"),
        ("\"meterId\":7", "meterId wrong-kind"),
        ("\"value\":[1]", "value wrong-kind"),
        ("\"unit\":{}", "unit wrong-kind"),
        ("\"readingType\":1", "readingType wrong-kind"),
        ("\"readingTypeCode\":1", "readingTypeCode wrong-kind"),
        ("\"multiplier\":\"3\"", "multiplier wrong-kind"),
        ("\"quality\":{}", "quality wrong-kind"),
        ("\"quality\":[\"good\",1]", "quality/1 wrong-kind"),
        ("\"quality\":\"goof\"", "quality unknown-word"),
        ("\"quality\":[\"good\",\"goof\"]", "quality/1 unknown-word"),
        ("\"quality\":\"1.0\"", "quality invalid-code"),
        ("\"readingType\":\"intervalDate\"", "readingType unknown-word"),
        ("\"measurement\":\"activeEnergie\"", "measurement unknown-word"),
        ("\"unit\":\"kwh\"", "unit unknown-word"),
        ("\"phase\":\"D\"", "phase unknown-word"),
        ("\"energyDirection\":\"up\"", "energyDirection unknown-word"),
        ("\"interval\":\"PT7M\"", "interval unknown-word"),
        ("\"meterId\":\"\"", "meterId invalid-id"),
        ("\"usagePointId\":\"a\\u0000\"", "usagePointId invalid-id"),
        ("\"meterId\":\"\\ud800\"", "meterId invalid-text"),
        ("\"readingDateTime\":\"2024-01-15T10:00:00\"", "readingDateTime invalid-time"),
        ("\"readingDateTime\":1705312800", "readingDateTime wrong-kind"),
        ("\"value\":\"many\"", "value invalid-number"),
        ("\"value\":\"\"", "value invalid-number"),
        ("\"value\":1234567890123456789", "value too-many-digits"),
        ("\"value\":\"1234567890.123456789\"", "value too-many-digits"),
        ("\"value\":1e999999999", "value too-many-digits"),
        ("\"value\":0.1234567890123", "value too-many-places"),
        ("\"multiplier\":1.5", "multiplier invalid-number"),
        ("\"multiplier\":99999999999999999999", "multiplier invalid-number"),
        ("\"timeOfUse\":-1", "timeOfUse out-of-range"),
        ("\"readingTypeCode\":\"0.0.2\"", "readingTypeCode invalid-code"),
        ("\"readingType\":\"0.0.2\"", "readingType invalid-code"),
        ("\"measurement\":\"activeEnergy\";\"unit\":\"V\"", "unit unit-measurement-mismatch"),
        ("\"unit\":\"V\";\"energyDirection\":\"forward\"", "energyDirection direction-measurement-mismatch"),
        ("\"unit\":\"A\";\"phase\":\"AB\"", "phase phase-measurement-mismatch"),
        ("\"unit\":\"V\";\"readingType\":\"billingData\"", "readingType kind-measurement-mismatch"),
        ("\"multiplier\":4", "multiplier no-such-multiplier"),
        ("\"readingTypeCode\":\"0.0.0.4.0.1.12.0.0.0.0.0.0.0.0.0.72.0\"", "unit code-contradicts-words"),
    ] {
        let read = told_of(members);
        assert!(read.contains(&format!("#/readings/1/{expected}")), "{members}: {read:?} without {expected}");
        assert_eq!(read.len(), 1, "{members}: {read:?}");
    }
}

#[test]
fn everything_wrong_with_an_item_is_told_at_once() {
    let read = told_of(
        "\"meterId\":\"\";\"usagePointId\":1;\"unit\":\"kwh\";\"phase\":\"D\";\"readingDateTime\":\"today\";\"value\":\"x\";\"quality\":\"goof\";\"colour\":1",
    );
    let expected = [
        "colour unknown-field",
        "unit unknown-word",
        "phase unknown-word",
        "usagePointId wrong-kind",
        "meterId invalid-id",
        "readingDateTime invalid-time",
        "value invalid-number",
        "quality unknown-word",
    ];
    for one in expected {
        assert!(read.contains(&format!("#/readings/1/{one}")), "{one} in {read:?}");
    }
    assert_eq!(read.len(), expected.len(), "{read:?}");
}

#[test]
fn details_say_what_would_be_right() {
    let read =
        read_text(&list(&[reading("\"metreId\":\"x\";\"unit\":\"kwh\";\"value\":[];\"measurement\":7")])).unwrap();
    let details: Vec<_> = read.violations.iter().map(|it| it.detail.as_str()).collect();
    assert!(details.contains(&"no field of a reading is called `metreId`; did you mean `meterId`?"), "{details:?}");
    assert!(details.contains(&"a number is needed here, not a list"), "{details:?}");
    assert!(details.contains(&"a text is needed here, not a number"), "{details:?}");
    assert!(details.iter().any(|it| it.contains("did you mean `kWh`?")), "{details:?}");
}

#[test]
fn what_is_no_object_is_that_items_fault() {
    let body = format!("{{\"readings\":[{},7,\"x\",null,[{{}}],{}]}}", reading(""), reading(""));
    let read = read_text(&body).unwrap();
    assert_eq!((read.value.received, read.value.readings.len()), (6, 2));
    let at = |item: u32| format!("#/readings/{item} wrong-kind");
    assert_eq!(told(&read.violations), [at(1), at(2), at(3), at(4)]);
    assert_eq!(read.value.readings[1].place, 5);
}

#[test]
fn a_prefix_beside_a_multiplier_is_warned_of_once_for_each_type() {
    let read = read_text(&list(
        &["", "\"multiplier\":3", "\"multiplier\":3", "\"multiplier\":-3", "\"unit\":\"Wh\";\"multiplier\":3"]
            .map(reading),
    ))
    .unwrap();
    assert_eq!(read.violations, []);
    let at = |item: u32| format!("#/readings/{item}/multiplier prefixed-unit-multiplier");
    assert_eq!(told(&read.warnings), [at(1), at(3)]);
}

#[test]
fn unlisted_codes_are_read_and_marked() {
    let code = "\"readingType\":;\"unit\":;\"readingTypeCode\":\"0.0.0.4.0.1.60000.0.0.0.0.0.0.0.0.3.61000.0\"";
    let read = read_text(&list(&[reading(code), reading(code), reading("\"quality\":\"9.200.1\"")])).unwrap();
    assert_eq!((read.violations.len(), read.value.readings.len()), (0, 3));
    assert_eq!(
        told(&read.warnings),
        ["#/readings/0/readingTypeCode unlisted-code", "#/readings/2/quality unlisted-code"]
    );
    assert_eq!(
        read.warnings[0].detail,
        "not in the lists of the standard that are known here: part 7 (measurementKind) 60000, part 17 (unit) 61000; stored as sent"
    );
}

#[test]
fn codes_and_words_that_agree_are_one() {
    let read =
        told_of("\"readingTypeCode\":\"0.0.0.4.0.1.12.0.0.0.0.0.0.0.0.3.72.0\";\"measurement\":\"activeEnergy\"");
    assert_eq!(read, [] as [&str; 0]);
}
