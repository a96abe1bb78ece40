//! The texts of simple values as XML Schema spells them.

use std::borrow::Cow;

use metering_model::{TimeStamp, TimeStampError};

/// A day in seconds.
const DAY: i64 = 86_400;

/// An instant; and whether it was spelled as the end of a day, `24:00:00`.
///
/// # Errors
/// Why it is none. An offset is needed here, which the schema leaves out where it likes.
pub(super) fn instant(text: &str) -> Result<(TimeStamp, bool), TimeStampError> {
    // A blank for a plus sign is a matter of addresses.
    if text.contains(' ') {
        return Err(TimeStampError::NotATime);
    }
    if text.get(10..13) != Some("T24") {
        return text.parse().map(|instant| (instant, false));
    }
    let rest = text.get(13..).and_then(|rest| rest.strip_prefix(":00:00")).ok_or(TimeStampError::NotATime)?;
    let fraction = rest.strip_prefix('.').map_or("", |behind| behind.split(['Z', '+', '-']).next().unwrap_or_default());
    if fraction.bytes().any(|digit| digit != b'0') {
        return Err(TimeStampError::NotATime);
    }
    let date = text.get(..10).unwrap_or_default();
    let midnight: TimeStamp = format!("{date}T00:00:00{rest}").parse()?;
    TimeStamp::from_micros(midnight.micros().saturating_add(DAY * 1_000_000)).map(|instant| (instant, true))
}

/// `true`, `false`, `1` or `0`.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// A whole number; a sign and zeros in front mean nothing.
pub(super) fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// The text with what XML cannot carry replaced; and whether anything was.
pub(super) fn carried(text: &str) -> (Cow<'_, str>, bool) {
    let lost =
        |it: char| matches!(it, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(lost) { (Cow::Owned(text.replace(lost, "\u{fffd}")), true) } else { (Cow::Borrowed(text), false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_day_is_the_beginning_of_the_next() {
        for (text, instant) in [
            ("2024-02-28T24:00:00Z", "2024-02-29T00:00:00Z"),
            ("2023-12-31T24:00:00.000+01:00", "2023-12-31T23:00:00Z"),
        ] {
            assert_eq!(super::instant(text).unwrap(), (instant.parse().unwrap(), true));
        }
        assert!(!super::instant("2024-02-28T23:59:59Z").unwrap().1);
        for text in [
            "2024-02-28T24:00:01Z",
            "2024-02-28T24:01:00Z",
            "2024-02-28T24:00:00.001Z",
            "2024-02-28T24:00:00",
            "2024-02-28T24",
            "2024-02-28T25:00:00Z",
            "9999-12-31T24:00:00Z",
            "2024-02-28T10:00:00 01:00",
            "2024-02-28",
            "",
            "äöü-02-28T24:00:00Z",
        ] {
            assert!(super::instant(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn booleans_and_integers_have_the_forms_of_the_schema() {
        assert_eq!(
            ["true", "1", "false", "0", "TRUE", ""].map(boolean),
            [Some(true), Some(true), Some(false), Some(false), None, None]
        );
        assert_eq!(
            ["+5", "-5", "007", "5.0", "1e3", "", "+", "99999999999999999999"].map(integer),
            [Some(5), Some(-5), Some(7), None, None, None, None, None]
        );
    }

    #[test]
    fn what_xml_cannot_carry_is_replaced() {
        assert_eq!(carried("a\u{1}b\tc"), (Cow::Owned("a\u{fffd}b\tc".to_owned()), true));
        assert!(matches!(carried("\u{7f}\u{85}ä\r\n"), (Cow::Borrowed(_), false)));
    }
}
