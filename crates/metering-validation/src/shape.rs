//! What `validator` finds in a view of an item, as violations.
//!
//! The derived checks are for shapes: lengths, counts, characters. What a shape means is checked
//! by functions of the noun.

use metering_model::{Violation, ViolationCode, has_control_characters};
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

/// Adds what is wrong with the shape of `view`, in the order of the fields' names, because
/// `validator` keeps them in a map.
pub(crate) fn check(item: u32, view: &impl Validate, violations: &mut Vec<Violation>) {
    if let Err(errors) = view.validate() {
        let first = violations.len();
        collect(item, "", &errors, violations);
        violations[first..].sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.detail.cmp(&b.detail)));
    }
}

fn collect(item: u32, within: &str, errors: &ValidationErrors, violations: &mut Vec<Violation>) {
    for (name, kind) in errors.errors() {
        let field = if name == "__all__" { within.to_owned() } else { format!("{within}{}", api_name(name)) };
        match kind {
            ValidationErrorsKind::Field(found) => {
                violations.extend(found.iter().map(|error| {
                    let (code, detail) = said(error);
                    Violation::new(item, field.clone(), code, detail)
                }));
            }
            ValidationErrorsKind::Struct(inner) => collect(item, &format!("{field}/"), inner, violations),
            ValidationErrorsKind::List(entries) => {
                for (at, inner) in entries {
                    collect(item, &format!("{field}/{at}/"), inner, violations);
                }
            }
        }
    }
}

/// The code and the words for one finding. The value itself stays out of the words: it may be long.
fn said(error: &ValidationError) -> (ViolationCode, String) {
    let code = ViolationCode::from_text(&error.code).unwrap_or(ViolationCode::InvalidText);
    if let Some(message) = &error.message {
        return (code, message.clone().into_owned());
    }
    let bound = |name| error.params.get(name).map(ToString::to_string);
    let detail = match (bound("min"), bound("max")) {
        (Some(min), Some(max)) => format!("has {min} to {max} characters"),
        (None, Some(max)) if code == ViolationCode::TooMany => format!("has at most {max} entries"),
        (None, Some(max)) => format!("has at most {max} characters"),
        (Some(min), None) => format!("has at least {min} characters"),
        (None, None) => "is not as it has to be".to_owned(),
    };
    (code, detail)
}

/// `issuer_tracking_id` as the API spells it.
fn api_name(field: &str) -> String {
    match field {
        "mrid" => return "mRID".to_owned(),
        "issuer_tracking_id" => return "issuerTrackingID".to_owned(),
        _ => {}
    }
    let mut name = String::with_capacity(field.len());
    let mut raise = false;
    for character in field.chars() {
        match character {
            '_' => raise = true,
            _ if raise => {
                name.extend(character.to_uppercase());
                raise = false;
            }
            _ => name.push(character),
        }
    }
    name
}

/// No character that controls what is around it, and something to see.
pub(crate) fn line(text: &str) -> Result<(), ValidationError> {
    if has_control_characters(text) {
        return Err(refused("is one line of text, without control characters"));
    }
    if !text.is_empty() && text.trim().is_empty() {
        return Err(refused("is more than blanks"));
    }
    Ok(())
}

/// Text that a device sent: several lines are allowed, other control characters are not.
pub(crate) fn lines(text: &str) -> Result<(), ValidationError> {
    let controls = text.split(['\n', '\r', '\t']).any(has_control_characters);
    if controls { Err(refused("has no control characters but line ends and tabs")) } else { Ok(()) }
}

fn refused(message: &'static str) -> ValidationError {
    let mut error = ValidationError::new(ViolationCode::InvalidText.as_str());
    error.message = Some(message.into());
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Validate)]
    struct Sample<'a> {
        #[validate(length(min = 1, max = 4), custom(function = "line"))]
        event_code: Option<&'a str>,
        #[validate(range(max = 2, code = "too-many"))]
        device_ids: usize,
    }

    #[test]
    fn every_finding_is_a_violation_with_the_name_the_api_uses() {
        let mut found = Vec::new();
        check(3, &Sample { event_code: Some("abcde\0"), device_ids: 3 }, &mut found);
        let said: Vec<_> =
            found.iter().map(|it| format!("{} {} {}: {}", it.at.item, it.at.field, it.code, it.detail)).collect();
        assert_eq!(
            said,
            [
                "3 deviceIds too-many: has at most 2 entries",
                "3 eventCode invalid-text: has 1 to 4 characters",
                "3 eventCode invalid-text: is one line of text, without control characters",
            ]
        );
        let mut none = Vec::new();
        check(0, &Sample { event_code: None, device_ids: 0 }, &mut none);
        check(0, &Sample { event_code: Some("T 1"), device_ids: 1 }, &mut none);
        assert_eq!(none, []);
    }

    #[test]
    fn names_are_spelled_as_in_the_api() {
        assert_eq!(api_name("reason_code"), "reasonCode");
        assert_eq!(api_name("issuer_tracking_id"), "issuerTrackingID");
    }
}
