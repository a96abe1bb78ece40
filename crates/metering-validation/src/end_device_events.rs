//! The rules of events: few, for nothing a device reports is refused for its wording.

use metering_model::{EndDeviceEvent, EndDeviceEvents, EventType, TimeStamp, Violation, ViolationCode};
use validator::{Validate, ValidationError};

use crate::{Facts, Valid, by_item, shape};

/// How far ahead of this server's clock an event's time may lie before it deserves a look, in seconds.
const AHEAD: i64 = 24 * 3600;

/// Takes the events that break a rule out of `message`, and says which rules, in the order of the
/// items.
///
/// Words that no table has, unlikely times and unlisted codes are stored, with a warning.
pub fn check(
    mut message: EndDeviceEvents,
    facts: &Facts,
    violations: &mut Vec<Violation>,
    warnings: &mut Vec<Violation>,
) -> Valid<EndDeviceEvents> {
    message.events.retain(|(item, event)| {
        let found = violations.len();
        shape::check(*item, &Shape::of(event), violations);
        let good = violations.len() == found;
        if good {
            advise(*item, event, facts.now, warnings);
        }
        good
    });
    by_item(violations);
    Valid(message)
}

/// What `validator` looks at: texts and counts.
#[derive(Validate)]
struct Shape<'a> {
    #[validate(length(min = 1, max = 255), custom(function = "shape::line"))]
    event_type: Option<&'a str>,
    #[validate(length(max = 255), custom(function = "shape::lines"))]
    severity: Option<&'a str>,
    #[validate(length(max = 4096), custom(function = "shape::lines"))]
    description: Option<&'a str>,
    #[validate(length(max = 255), custom(function = "shape::lines"))]
    event_code: Option<&'a str>,
    #[validate(length(max = 255), custom(function = "shape::line"))]
    issuer_tracking_id: Option<&'a str>,
    #[validate(length(max = 100, code = "too-many"), custom(function = "details"))]
    details: &'a [(String, String)],
}

impl<'a> Shape<'a> {
    fn of(event: &'a EndDeviceEvent) -> Self {
        let word = match &event.event_type {
            EventType::Unmapped(word) => Some(word),
            EventType::Code(_) => event.word.as_ref(),
        };
        Self {
            event_type: word.map(String::as_str),
            severity: event.severity.as_deref(),
            description: event.description.as_deref(),
            event_code: event.event_code.as_deref(),
            issuer_tracking_id: event.issuer_tracking_id.as_deref(),
            details: &event.details,
        }
    }
}

/// Each detail has a name of one line and a text; the first that does not is named.
fn details(details: &[(String, String)]) -> Result<(), ValidationError> {
    for (name, text) in details {
        let fault = if name.is_empty() || name.chars().count() > 255 || shape::line(name).is_err() {
            "has names of 1 to 255 characters, without control characters".to_owned()
        } else if text.chars().count() > 4096 {
            format!("has texts of at most 4096 characters; `{name}` is longer")
        } else if shape::lines(text).is_err() {
            format!("has texts without control characters but line ends and tabs; see `{name}`")
        } else {
            continue;
        };
        let mut error = ValidationError::new(ViolationCode::InvalidText.as_str());
        error.message = Some(fault.into());
        return Err(error);
    }
    Ok(())
}

fn advise(item: u32, event: &EndDeviceEvent, now: TimeStamp, warnings: &mut Vec<Violation>) {
    let mut warn = |field, code, detail: String| warnings.push(Violation::new(item, field, code, detail));
    match (&event.event_type, &event.word) {
        (EventType::Unmapped(word), _) | (EventType::Code(_), Some(word)) => {
            warn(
                "eventType",
                ViolationCode::Unmapped,
                format!("`{word}` is kept as sent; no table of this server has it"),
            );
        }
        (EventType::Code(code), None) => {
            if metering_model::words::event_word(*code).is_none() {
                let detail = format!("{code} is kept as sent; this server has no word for it");
                warn("eventTypeCode", ViolationCode::UnlistedCode, detail);
            }
        }
    }
    if event.created > now.plus_seconds(AHEAD) {
        let detail = format!("{} is more than 24 hours ahead; stored as sent", event.created);
        warn("eventDateTime", ViolationCode::InTheFuture, detail);
    } else if event.created.is_without_clock() {
        let detail = format!("{} is what a device without a clock says; stored as sent", event.created);
        warn("eventDateTime", ViolationCode::NoClock, detail);
    }
}

#[cfg(test)]
mod tests {
    use metering_model::EndDeviceEventType;

    use super::*;
    use crate::Rules;

    const TAMPER: EndDeviceEventType = EndDeviceEventType::new(3, 12, 0, 257);

    fn event(event_type: EventType) -> EndDeviceEvent {
        EndDeviceEvent {
            mrid: None,
            device: "3dc53ee5-777e-50b4-8699-a1c224d493d".parse().unwrap(),
            event_type,
            word: None,
            created: "2024-01-15T10:15:00Z".parse().unwrap(),
            severity: Some("high".into()),
            description: Some("Potential tampering detected on meter".into()),
            event_code: Some("TAM001".into()),
            usage_point: None,
            issuer_tracking_id: None,
            details: vec![],
        }
    }

    fn said(event: EndDeviceEvent) -> (Vec<String>, Vec<String>) {
        let facts = Facts { now: "2026-11-24T10:00:00Z".parse().unwrap(), rules: Rules::default() };
        let (mut violations, mut warnings) = (Vec::new(), Vec::new());
        let message = EndDeviceEvents { events: vec![(0, event)], received: 1 };
        let valid = check(message, &facts, &mut violations, &mut warnings);
        assert_eq!(valid.events.is_empty(), !violations.is_empty());
        let short = |it: &Violation| format!("{} {}", it.at.field, it.code);
        (violations.iter().map(short).collect(), warnings.iter().map(short).collect())
    }

    #[test]
    fn the_event_of_the_document_is_good() {
        assert_eq!(said(event(EventType::Code(TAMPER))), (vec![], vec![]));
    }

    #[test]
    fn what_no_table_has_is_kept_with_a_warning() {
        let warned = |text: &str| (vec![], vec![text.to_owned()]);
        assert_eq!(said(event(EventType::Unmapped("meterOnFire".into()))), warned("eventType unmapped"));
        let beside = EndDeviceEvent { word: Some("meterOnFire".into()), ..event(EventType::Code(TAMPER)) };
        assert_eq!(said(beside), warned("eventType unmapped"));
        let code = EndDeviceEventType::new(3, 999, 0, 1);
        assert_eq!(said(event(EventType::Code(code))), warned("eventTypeCode unlisted-code"));
    }

    #[test]
    fn a_clock_that_is_wrong_loses_no_event() {
        let at = |text: &str| EndDeviceEvent { created: text.parse().unwrap(), ..event(EventType::Code(TAMPER)) };
        assert_eq!(said(at("2026-11-25T10:00:00Z")).1, [""; 0]);
        assert_eq!(said(at("2026-11-25T10:00:01Z")).1, ["eventDateTime in-the-future"]);
        assert_eq!(said(at("1970-01-01T00:00:00Z")).1, ["eventDateTime no-clock"]);
    }

    #[test]
    fn texts_and_details_are_bounded() {
        let mut long = event(EventType::Code(TAMPER));
        long.description = Some("a\r\nb".into());
        long.severity = Some(String::new());
        assert_eq!(said(long.clone()).0, [""; 0]);
        long.description = Some("a".repeat(4097));
        long.details = vec![("name".into(), "a\0".into())];
        assert_eq!(said(long.clone()).0, ["description invalid-text", "details invalid-text"]);
        long.description = None;
        long.details = (0..101).map(|at| (at.to_string(), String::new())).collect();
        assert_eq!(said(long).0, ["details too-many"]);
    }
}
