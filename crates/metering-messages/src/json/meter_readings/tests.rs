//! What the reader makes of messages, and the writer of pages.

use metering_model::{MeterReadings, Violation};

use super::read;
use crate::json::receipt::pointer;
use crate::{Limits, Malformed, Read};

mod broken;
mod details;
mod faults;
mod good;
mod written;

fn read_text(body: &str) -> Result<Read<MeterReadings>, Malformed> {
    read(body.as_bytes(), &Limits::default())
}

/// One reading of the API document's example with `members` in the place of its own of the same
/// names, and those of no value left out: `"value":`.
fn reading(members: &str) -> String {
    let own = [
        ("meterId", r#""1234LG""#),
        ("readingType", r#""intervalData""#),
        ("readingDateTime", r#""2024-01-15T10:00:00Z""#),
        ("value", "1234.56"),
        ("unit", r#""kWh""#),
    ];
    let kept = own
        .iter()
        .filter(|(name, _)| !members.contains(&format!("\"{name}\":")))
        .map(|(name, value)| format!("\"{name}\":{value}"));
    let changed = members.split(';').filter(|member| !member.is_empty() && !member.ends_with(':')).map(str::to_owned);
    format!("{{{}}}", kept.chain(changed).collect::<Vec<_>>().join(","))
}

fn list(items: &[String]) -> String {
    format!("{{\"readings\":[{}]}}", items.join(","))
}

/// What is told, with its pointer and code.
fn told(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(|it| format!("{} {}", pointer("readings", &it.at), it.code)).collect()
}

/// What is told of one reading behind a good one, which is read all the same.
fn told_of(members: &str) -> Vec<String> {
    let read = read_text(&list(&[reading(""), reading(members)])).unwrap();
    assert_eq!(read.value.received, 2);
    assert_eq!(read.value.readings.len(), if read.violations.is_empty() { 2 } else { 1 }, "{members}");
    told(&read.violations)
}
