use super::*;

fn malformed(body: &str) -> String {
    match read_text(body) {
        Err(error) => error.to_string(),
        Ok(read) => panic!("{body} was read: {read:?}"),
    }
}

#[test]
fn broken_notation_is_told_with_line_and_column() {
    let good = reading("");
    for (body, problem) in [
        ("{\"readings\":[\n  {\"meterId\" 1}]}".to_owned(), "expected `:` at line 2, column 14"),
        ("{\"readings\":[".to_owned(), "EOF while parsing a list at line 1, column 13"),
        (format!("{{\"readings\":[{good}],}}"), "trailing comma"),
        (format!("{{\"readings\":[{good}]}} x"), "trailing characters"),
        (format!("{good} {good}"), "trailing characters"),
        (format!("{{\"readings\":[{good},]}}"), "trailing comma"),
        ("{\"readings\":[{\"value\":01}]}".to_owned(), "invalid number"),
        ("{\"readings\":[{\"value\":NaN}]}".to_owned(), "expected value"),
        ("{\"readings\":[{\"value\":\"a\nb\"}]}".to_owned(), "control character"),
        ("{\"readings\":[{'value':1}]}".to_owned(), "key must be a string"),
        ("{\"readings\":[{\"\\ud800\":1}]}".to_owned(), "unexpected end of hex escape"),
        ("/* */ {}".to_owned(), "expected value"),
        ("hello".to_owned(), "expected value"),
    ] {
        let told = malformed(&body);
        assert!(told.contains(problem), "{body}: {told}");
        assert!(told.contains("at line "), "{body}: {told}");
        assert_eq!(told.matches("at line").count(), 1, "{told}");
    }
}

#[test]
fn text_must_be_plain_utf_8() {
    let told = |body: &[u8]| read(body, &Limits::default()).unwrap_err().to_string();
    assert_eq!(told(b"{\"readings\":\n [{\"meterId\":\"\xff\"}]}"), "a byte that is not UTF-8 at line 2, column 15");
    assert_eq!(told(b"\xef\xbb\xbf{}"), "the body begins with a byte order mark; send UTF-8 without one");
    assert!(told(b"\xff\xfe{\0}\0").starts_with("a byte that is not UTF-8 at line 1, column 1"));
}

#[test]
fn what_is_no_message_is_told_what_is_expected() {
    let good = reading("");
    for (body, expected) in [
        ("", "an object is expected: {\"readings\": [...]}, or a reading alone; the body is empty"),
        (" \n", "an object is expected: {\"readings\": [...]}, or a reading alone; the body is empty"),
        ("[]", "an object is expected: {\"readings\": [...]}, or a reading alone; the body is a list"),
        ("7", "an object is expected: {\"readings\": [...]}, or a reading alone; the body is a plain value"),
        ("null", "an object is expected: {\"readings\": [...]}, or a reading alone; the body is a plain value"),
        ("{}", "an object is expected: {\"readings\": [...]}, or a reading alone; the object is empty"),
        ("{\"reading\":[]}", "an object is expected: {\"readings\": [...]}, or a reading alone; found `reading`"),
        ("{\"readings\":7}", "`readings` is a list of objects, each a reading; not a number"),
        ("{\"readings\":null}", "`readings` is a list of objects, each a reading; not null"),
        ("{\"readings\":{}}", "`readings` is a list of objects, each a reading; not an object"),
        ("{\"readings\":[],\"readings\":[]}", "`readings` stands twice in the message"),
        (
            "{\"readings\":[],\"version\":1}",
            "`readings` stands alone in a message; `version` does not belong beside it",
        ),
        (
            "{\"version\":1,\"readings\":[]}",
            "`readings` stands alone in a message; `version` does not belong beside it",
        ),
        ("{\"value\":1,\"readings\":[]}", "`readings` stands alone in a message; `value` does not belong beside it"),
    ] {
        assert_eq!(malformed(body), expected, "{body}");
    }
    // A list in a list's item, not a message.
    assert!(read_text(&format!("{{\"readings\":[{{\"readings\":[{good}]}}]}}")).is_ok());
}

#[test]
fn items_are_counted_and_bounded() {
    let items = vec![reading(""); 4];
    let bounded = |items: usize, body: &str| read(body.as_bytes(), &Limits { items, ..Limits::default() });
    assert!(bounded(4, &list(&items)).is_ok());
    assert_eq!(bounded(3, &list(&items)).unwrap_err(), Malformed::TooManyItems { limit: 3 });
}

#[test]
fn a_list_of_more_entries_than_anybody_means_is_one_violation() {
    for (entries, expected) in [
        (100, "quality/99 unknown-word"),
        (101, "quality too-many"),
        (10_000, "quality too-many"),
        (10_001, "quality too-many"),
        (1_000_000, "quality too-many"),
    ] {
        let all_but_last = "\"good\",".repeat(entries - 1);
        let read = told_of(&format!("\"quality\":[{all_but_last}\"goof\"]"));
        assert_eq!(read, [format!("#/readings/1/{expected}")], "{entries}");
    }
}

#[test]
fn a_message_full_of_faults_is_told_in_full_at_first_and_then_item_by_item() {
    // Nine violations each.
    let wrong = "{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"value\":[],\"meterId\":0,\"unit\":0}";
    let read = read_text(&list(&vec![wrong.to_owned(); 3_000])).unwrap();
    assert_eq!((read.value.received, read.value.readings.len()), (3_000, 0));
    let of = |item: u32| read.violations.iter().filter(|it| it.at.item == item).count();
    assert_eq!((of(0), of(1_110), of(2_999)), (of(1), 1, 1));
    assert!(of(0) > 8);
    assert!((0..3_000).all(|item| of(item) > 0), "every rejected item is named");
    // One item of nothing but faults.
    let entries = vec!["0"; 500].join(",");
    assert_eq!(told_of(&format!("\"quality\":[{entries}]")).len(), 100);
}

#[test]
fn depth_is_bounded_wherever_it_lies_and_costs_no_stack() {
    let bomb = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let too_deep = "more than 32 objects and lists within each other";
    for within in ["value", "quality", "colour", "meterId"] {
        // Message, list and item are three of the 32.
        assert!(read_text(&format!("{{\"readings\":[{{\"{within}\":{}}}]}}", bomb(29))).is_ok());
        assert_eq!(malformed(&format!("{{\"readings\":[{{\"{within}\":{}}}]}}", bomb(30))), too_deep);
        assert_eq!(malformed(&format!("{{\"value\":1,\"{within}\":{}}}", bomb(32))), too_deep);
    }
    assert_eq!(malformed(&format!("{{\"readings\":[{}]}}", bomb(31))), too_deep);
    malformed(&bomb(1_000_000));
    malformed(&"[".repeat(1_000_000));
    malformed(&format!("{{\"readings\":{}}}", bomb(1_000_000)));
    malformed(&format!("{{\"readings\":{}", "[".repeat(1_000_000)));
    malformed(&format!("{{\"readings\":[{{\"value\":{}", "{\"a\":".repeat(1_000_000)));
    malformed(&format!("{{\"other\":{}}}", bomb(1_000_000)));
}

#[test]
fn a_message_cut_off_anywhere_is_malformed_and_never_a_panic() {
    let whole = list(&[reading("\"quality\":[\"good\",\"\\u00e4\"];\"\\u0076alue\":1.5e2"), reading("")]);
    for end in 0..whole.len() {
        assert!(read(&whole.as_bytes()[..end], &Limits::default()).is_err(), "{}", &whole[..end]);
    }
    // One byte changed: read or refused, no more is asked.
    for at in 0..whole.len() {
        for byte in [0, b'"', b'\\', b'{', b']', b'9', 0x80, 0xff] {
            let mut changed = whole.clone().into_bytes();
            changed[at] = byte;
            let _ = read(&changed, &Limits::default());
        }
    }
}
