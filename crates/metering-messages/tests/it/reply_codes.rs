//! The list of the reply codes is whole: `../fixtures/reply_codes.txt` has a line for each row (code,
//! HTTP statuses that we suggest, our words), and each row is a line of it.

use std::collections::BTreeSet;

use metering_messages::envelope::{ReplyCategory, ReplyCode};

const LINES: &str = include_str!("../fixtures/reply_codes.txt");

#[test]
fn the_list_is_whole() {
    let listed: BTreeSet<String> = ReplyCode::LISTED
        .iter()
        .map(|code| {
            let statuses: Vec<_> = code.suggested_http_statuses().iter().map(ToString::to_string).collect();
            format!("{code} {} {}", statuses.join("/"), code.name().unwrap())
        })
        .collect();
    let lines: BTreeSet<String> = LINES.lines().map(str::to_owned).collect();
    assert_eq!(listed, lines);
    assert_eq!(lines.len(), 60);
    let of = |category: &ReplyCategory| ReplyCode::LISTED.iter().filter(|it| it.category() == *category).count();
    assert_eq!(ReplyCategory::LISTED.iter().map(of).collect::<Vec<_>>(), [4, 5, 27, 2, 1, 9, 5, 7]);
}
