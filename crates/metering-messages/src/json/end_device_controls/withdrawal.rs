//! Why a control is withdrawn.

use serde::Deserialize;

use crate::Malformed;

/// The one member.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    reason: Option<String>,
}

/// Reads a withdrawal, which is an object with a `reason` or with nothing; the reason.
///
/// # Errors
/// [`Malformed`] for anything else.
///
/// ```
/// use metering_messages::json::end_device_controls::read_withdrawal;
///
/// assert_eq!(read_withdrawal(br#"{"reason":"no longer needed"}"#)?.as_deref(), Some("no longer needed"));
/// assert_eq!(read_withdrawal(b"{}")?, None);
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read_withdrawal(body: &[u8]) -> Result<Option<String>, Malformed> {
    let expected =
        |found: String| Malformed::Message(format!("{{\"reason\": \"...\"}} is expected, or no body: {found}"));
    // serde would read the fields from a list as well.
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(expected("a list was sent".to_owned()));
    }
    let read: Withdrawal = serde_json::from_slice(body).map_err(|error| expected(error.to_string()))?;
    Ok(read.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_is_an_object_with_a_reason_or_nothing() {
        assert_eq!(read_withdrawal(br#"{"reason":"no longer needed"}"#), Ok(Some("no longer needed".to_owned())));
        assert_eq!((read_withdrawal(b"{}"), read_withdrawal(br#"{"reason":null}"#)), (Ok(None), Ok(None)));
        for malformed in [r#"["no longer needed"]"#, " []", "null", "7", r#"{"why":"x"}"#, r#"{"reason":7}"#, "{"] {
            assert!(matches!(read_withdrawal(malformed.as_bytes()), Err(Malformed::Message(_))), "{malformed}");
        }
    }
}
