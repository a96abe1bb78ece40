//! Why a control is withdrawn. The standard has no message for that, so it is in our own namespace.

use crate::xml::schema::Content::String as Text;
use crate::xml::schema::elements;
use crate::xml::walk::{Step, Walk};
use crate::xml::{Namespaces, Tolerance};
use crate::{Limits, Malformed};

elements! {
    /// What a withdrawal says.
    WITHDRAWAL {
        "reason" Optional Text => kept;
    }
}

/// Reads a withdrawal, which has a `reason` or nothing in it; the reason.
///
/// # Errors
/// [`Malformed`] for anything else.
///
/// ```
/// use metering_messages::{Limits, xml::end_device_controls::read_withdrawal};
///
/// let body = br#"<withdrawal xmlns="urn:metering-data-exchange:2"><reason>no longer needed</reason></withdrawal>"#;
/// assert_eq!(read_withdrawal(body, &Limits::default())?.as_deref(), Some("no longer needed"));
/// # Ok::<(), metering_messages::Malformed>(())
/// ```
pub fn read_withdrawal(body: &[u8], limits: &Limits) -> Result<Option<String>, Malformed> {
    let namespaces = Namespaces::own();
    let mut walk = Walk::enter(body, "withdrawal", WITHDRAWAL, &namespaces, limits)?;
    let mut reason = None;
    loop {
        match walk.next()? {
            Step::Text(_, text) => reason = Some(text.into_owned()),
            Step::Twice(element) => {
                return Err(Malformed::Message(format!("`{}` stands twice; write it once", element.name)));
            }
            Step::End => break,
            Step::Open(_) | Step::Reference(..) | Step::Close => {}
        }
    }
    // What does not belong there is no more let pass than in JSON.
    if let Some(odd) = walk.tolerances.iter().find(|it| it.what != Tolerance::Blanks) {
        let detail =
            format!("a `withdrawal` has a `reason` or nothing in it: `{}` {}", odd.element, odd.what.in_words());
        return Err(Malformed::Message(detail));
    }
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::OWN;

    fn read(content: &str) -> Result<Option<String>, Malformed> {
        let body = format!("<w:withdrawal xmlns:w=\"{OWN}\">{content}</w:withdrawal>");
        read_withdrawal(body.as_bytes(), &Limits::default())
    }

    #[test]
    fn a_withdrawal_has_a_reason_or_nothing() {
        assert_eq!(read("<w:reason>no &lt; longer needed</w:reason>"), Ok(Some("no < longer needed".to_owned())));
        assert_eq!(read(""), Ok(None));
        for malformed in [
            "<w:why>x</w:why>",
            "<reason>x</reason>",
            "<w:reason>x</w:reason><w:reason>y</w:reason>",
            "<w:reason of='x'>y</w:reason>",
            "x",
            "<w:reason>x</w:other>",
        ] {
            assert!(read(malformed).is_err(), "{malformed}");
        }
        let elsewhere = b"<withdrawal><reason>x</reason></withdrawal>";
        assert!(read_withdrawal(elsewhere, &Limits::default()).is_err());
    }
}
