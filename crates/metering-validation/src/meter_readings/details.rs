//! The rules of what a reading says besides its value.

use metering_model::words::{READING_REASONS, describe, one_of};
use metering_model::{Excerpt, ReadingDetails, ReadingType, TimeStamp, Violation, ViolationCode};
use validator::Validate;

use crate::shape;

/// What `validator` looks at: texts.
#[derive(Validate)]
struct Shape<'a> {
    #[validate(length(min = 1, max = 255), custom(function = "shape::line"))]
    source: Option<&'a str>,
    #[validate(length(min = 1, max = 255), custom(function = "shape::line"))]
    reason: Option<&'a str>,
    #[validate(length(min = 1, max = 1024), custom(function = "shape::lines"))]
    comment: Option<&'a str>,
}

/// Says which rules `details`, those of the item number `item`, break.
pub(super) fn check(item: u32, details: &ReadingDetails, violations: &mut Vec<Violation>) {
    let ReadingDetails { reported: _, time_period, source, reason, comment } = details;
    let texts = Shape { source: source.as_deref(), reason: reason.as_deref(), comment: comment.as_deref() };
    shape::check(item, &texts, violations);
    if let (Some(start), Some(end)) = (time_period.start, time_period.end)
        && start > end
    {
        let detail = format!("the period begins at {start} and ends before that, at {end}");
        violations.push(Violation::new(item, "timePeriod", ViolationCode::Contradiction, detail));
    }
}

/// What deserves a look in the details of a reading that breaks no rule.
pub(super) fn advise(
    item: u32,
    time_stamp: TimeStamp,
    reading_type: &ReadingType,
    details: &ReadingDetails,
    warnings: &mut Vec<Violation>,
) {
    if let Some(reason) = details.reason.as_deref()
        && !READING_REASONS.contains(&reason)
    {
        let detail = format!("`{}` is kept as sent; the standard has {}", Excerpt(reason), one_of(READING_REASONS));
        warnings.push(Violation::new(item, "reason", ViolationCode::Unmapped, detail));
    }
    // Of what is no interval data the period is another matter: the month of the greatest demand.
    if let Some(end) = details.time_period.end
        && end != time_stamp
        && describe(reading_type).reading_type == Some("intervalData")
    {
        let detail = format!(
            "the time stamp of interval data is the END of the interval; it says {time_stamp}, and the period ends at \
             {end}. Both are stored as sent"
        );
        warnings.push(Violation::new(item, "timePeriod/end", ViolationCode::Contradiction, detail));
    }
}

#[cfg(test)]
mod tests {
    use metering_model::TimePeriod;

    use super::*;

    const AT: &str = "2024-01-15T10:15:00Z";
    const INTERVALS: &str = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0";
    const DEMAND: &str = "8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0";

    fn told(violations: &[Violation]) -> Vec<String> {
        violations.iter().map(|it| format!("{} {} {}", it.at.item, it.at.field, it.code)).collect()
    }

    /// What is wrong, and what deserves a look.
    fn checked(reading_type: &str, details: &ReadingDetails) -> (Vec<String>, Vec<String>) {
        let (mut violations, mut warnings) = (Vec::new(), Vec::new());
        check(7, details, &mut violations);
        advise(7, AT.parse().unwrap(), &reading_type.parse().unwrap(), details, &mut warnings);
        (told(&violations), told(&warnings))
    }

    fn said(field: &str, text: &str) -> ReadingDetails {
        let mut details = ReadingDetails::default();
        *match field {
            "source" => &mut details.source,
            "reason" => &mut details.reason,
            _ => &mut details.comment,
        } = Some(text.into());
        details
    }

    fn period(start: &str, end: &str) -> ReadingDetails {
        let time_period = TimePeriod { start: start.parse().ok(), end: end.parse().ok() };
        ReadingDetails { time_period, ..ReadingDetails::default() }
    }

    #[test]
    fn texts_are_bounded_and_have_no_control_characters() {
        for (field, longest) in [("source", 255), ("reason", 255), ("comment", 1024)] {
            for (text, good) in [
                ("\u{e4}".repeat(longest), true),
                ("x".repeat(longest + 1), false),
                (String::new(), false),
                ("a\0b".to_owned(), false),
                ("a\u{202e}b".to_owned(), false),
                ("a\nb\tc".to_owned(), field == "comment"),
            ] {
                let expected = if good { vec![] } else { vec![format!("7 {field} invalid-text")] };
                assert_eq!(checked(INTERVALS, &said(field, &text)).0, expected, "{field} {text:?}");
            }
        }
    }

    #[test]
    fn reasons_of_the_standard_pass_and_others_are_marked() {
        for reason in READING_REASONS {
            assert_eq!(checked(INTERVALS, &said("reason", reason)), (vec![], vec![]));
        }
        let marked = (vec![], vec!["7 reason unmapped".to_owned()]);
        for other in ["Billing", "meter exchange"] {
            assert_eq!(checked(INTERVALS, &said("reason", other)), marked);
        }
    }

    #[test]
    fn a_period_does_not_end_before_it_begins() {
        let turned = period(AT, "2024-01-15T10:00:00Z");
        assert_eq!(checked(DEMAND, &turned).0, ["7 timePeriod contradiction"]);
        for good in [period(AT, AT), period("2024-01-15T10:00:00Z", AT), period("", AT), period(AT, "")] {
            assert_eq!(checked(INTERVALS, &good), (vec![], vec![]));
        }
    }

    #[test]
    fn interval_data_is_stamped_with_the_end_of_its_period() {
        let later = period(AT, "2024-01-15T10:30:00Z");
        assert_eq!(checked(INTERVALS, &later), (vec![], vec!["7 timePeriod/end contradiction".to_owned()]));
        assert_eq!(checked(DEMAND, &later), (vec![], vec![]));
    }
}
