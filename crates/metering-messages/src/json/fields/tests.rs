use super::*;

fields! {
    /// An item for these tests.
    pub(super) struct Sample<'a> { "meterId" meter, "value" value }
}

fn told(json: &str) -> Vec<String> {
    let fields: Sample<'_> = serde_json::from_str(json).unwrap();
    let mut violations = Vec::new();
    fields.notes().tell(7.into(), "a reading", Sample::NAMES, &mut violations);
    violations.iter().map(|it| format!("{} {} {}: {}", it.at.item, it.at.field, it.code, it.detail)).collect()
}

#[test]
fn fields_are_slices_of_the_body_and_escaped_names_are_known() {
    let fields: Sample<'_> = serde_json::from_str(r#"{"meter\u0049d":"a\"b", "value": 1.50e2}"#).unwrap();
    assert_eq!(fields.meter.unwrap().get(), r#""a\"b""#);
    assert_eq!(fields.value.unwrap().get(), "1.50e2");
    assert!(fields.notes.unknown.is_empty() && fields.notes.twice.is_empty());
}

#[test]
fn strange_names_are_noted_and_never_fatal() {
    assert_eq!(
        told(r#"{"MeterId":1,"value":1,"value":null,"a/b~c":[],"value":3}"#),
        [
            "7 MeterId unknown-field: no field of a reading is called `MeterId`; did you mean `meterId`?",
            "7 a~1b~0c unknown-field: no field of a reading is called `a/b~c`; there are meterId, value",
            "7 value duplicate-field: `value` stands twice in a reading; write it once",
        ]
    );
    let many: Vec<_> = (0..30).map(|at| format!("\"quite another {at}\":0")).collect();
    let told = told(&format!("{{{}}}", many.join(",")));
    assert_eq!(told.len(), 9);
    assert_eq!(told[8], "7  unknown-field: 22 more fields that a reading does not have");
}

#[test]
fn what_is_no_object_is_told_by_its_kind() {
    for (json, kind) in [
        ("[1,[2]]", "a list"),
        ("\"text\"", "a text"),
        ("\"t\\u0065xt\"", "a text"),
        ("1", "a number"),
        ("-1", "a number"),
        ("1.5e3", "a number"),
        ("true", "true or false"),
        ("null", "null"),
    ] {
        assert_eq!(told(json), [format!("7  wrong-kind: a reading is an object, not {kind}")]);
    }
}

#[test]
fn depth_counts_what_lies_within_and_not_what_texts_say() {
    let depth = |json: &str| depth_of(serde_json::from_str(json).unwrap());
    assert_eq!(depth("1"), 0);
    assert_eq!(depth("\"[[[\""), 0);
    assert_eq!(depth("[]"), 1);
    assert_eq!(depth(r#"{"a[[":["\"[[\\",{"b":[]}],"c":[[]]}"#), 4);
}
