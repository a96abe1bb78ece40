use super::*;

fn time_stamps(count: i64) -> Vec<Stored> {
    let one = |number| Stored {
        time_stamp: TimeStamp::EPOCH.plus_seconds(number),
        value: None,
        qualities: 0,
        revision: 1,
        details: None,
        change: 1,
    };
    (0..count).map(one).collect()
}

fn source(text: &str) -> ReadingDetails {
    ReadingDetails { source: Some(text.into()), ..ReadingDetails::default() }
}

fn packed(stored: &[Stored], details: &[ReadingDetails]) -> Vec<u8> {
    let mut out = Vec::new();
    pack(stored, details, &mut Vec::new(), &mut out);
    out
}

/// What is wrong with these bytes as the details of two readings.
fn damage(bytes: &[u8]) -> &'static str {
    let mut rest = Bytes(bytes);
    match unpack(&mut rest, &mut time_stamps(2), &mut Vec::new(), &mut Vec::new()) {
        Err(Damaged(wrong)) => wrong,
        Ok(()) => panic!("{bytes:?} are details, and {:?} is left", rest.0),
    }
}

#[test]
fn a_day_that_says_the_same_takes_few_bytes_and_shares_its_text() {
    let (mut day, mut table) = (time_stamps(96), Vec::new());
    for it in &mut day {
        it.details = source("the head-end of the north").join(&mut table);
    }
    assert_eq!(table.len(), 1);
    let bytes = packed(&day, &table);
    assert!(bytes.len() < 45, "{}", bytes.len());
    let (mut back, mut read) = (time_stamps(96), Vec::new());
    unpack(&mut Bytes(&bytes), &mut back, &mut read, &mut Vec::new()).unwrap();
    assert_eq!((back, read), (day, table));
}

#[test]
fn what_no_packing_makes_is_damage() {
    // One reading, no gap, a source: the text "a".
    let good = [1, 0, 0, 0, 16, 1, 1, b'a', 0, 0];
    unpack(&mut Bytes(&good), &mut time_stamps(2), &mut Vec::new(), &mut Vec::new()).unwrap();
    for (place, byte, wrong) in [
        (0, 0, "its details are out of range"),
        (0, 3, "its details are out of range"),
        // A gap of 2 of 2, and of less than nothing.
        (2, 4, "its details are out of range"),
        (2, 1, "its details are out of range"),
        // No member, and one that there is not.
        (4, 0, "its details are out of range"),
        (4, 127, "its details are out of range"),
        // More texts than members, an empty text, another encoding, a number of no text.
        (5, 2, "its texts are out of range"),
        (6, 0, "its texts are out of range"),
        (7, 0xff, "a text in it is not UTF-8"),
        (9, 2, "its details are out of range"),
        (9, 1, "its details are out of range"),
    ] {
        let mut bad = good;
        bad[place] = byte;
        assert_eq!(damage(&bad), wrong, "{byte} at {place}");
    }
    for len in 0..good.len() {
        assert_eq!(damage(&good[..len]), "it ends too early", "{len}");
    }
    // Reported at no time.
    let mut never = vec![1, 0, 0, 0, 2, 0];
    put_varint(&mut never, u64::MAX);
    assert_eq!(damage(&never), "its details are out of range");
}

#[test]
fn what_stands_first_stays_and_the_rest_joins() {
    let mut table = Vec::new();
    let a = source("a").join(&mut table);
    let b = source("b").join(&mut table);
    assert_eq!(joined(&mut table, None, None), None);
    assert_eq!(joined(&mut table, a, None), a);
    assert_eq!(joined(&mut table, None, b), b);
    assert_eq!(joined(&mut table, a, b), a);
    assert_eq!(table.len(), 2);
    let remark = ReadingDetails { comment: Some("c".into()), ..source("b") }.join(&mut table);
    let both = joined(&mut table, a, remark).unwrap();
    assert_eq!(table[both.place()], ReadingDetails { comment: Some("c".into()), ..source("a") });
}

#[test]
fn texts_that_are_there_need_no_room() {
    let half = "x".repeat(MAX_TEXT / 2);
    let mut texts = Texts::default();
    assert!(texts.fit(&source(&half)) && texts.fit(&source(&half)));
    assert!(texts.fit(&source(&half.replace('x', "y"))));
    assert!(!texts.fit(&source("z")) && texts.fit(&source(&half)) && texts.fit(&ReadingDetails::default()));
    let mut day = time_stamps(1);
    let mut table = Vec::new();
    day[0].details = source(&half).join(&mut table);
    assert!(!Texts::of(&day, &table).fit(&source(&"y".repeat(MAX_TEXT / 2 + 1))));
}
