//! What a header may ask for; pure decisions, for settings come in as arguments.

use metering_model::Excerpt;

use super::{Context, Header, Refusal, ReplyCode};

/// Whether a message in this context is for a server that works in the contexts `served`. One that
/// names none is meant in earnest.
///
/// # Errors
/// A [`Refusal`] with [`ReplyCode::POLICY_VIOLATION`].
///
/// ```
/// use metering_messages::envelope::{Context, context_allowed};
///
/// let served = [Context::of(Context::PRODUCTION)];
/// assert!(context_allowed(None, &served).is_ok());
/// assert!(context_allowed(Some(&Context::of("Testing")), &served).is_err());
/// ```
pub fn context_allowed(context: Option<&Context>, served: &[Context]) -> Result<(), Refusal> {
    let earnest = Context::default();
    let context = context.unwrap_or(&earnest);
    if served.contains(context) {
        return Ok(());
    }
    let words: Vec<_> = served.iter().map(Context::as_str).collect();
    let detail = format!("the context is {}; this server works in {}", Excerpt(context.as_str()), words.join(", "));
    Err(Refusal::new(ReplyCode::POLICY_VIOLATION, detail).at_header("Context"))
}

/// Whether this server knows the revision of the noun's message; none means `1`.
///
/// # Errors
/// A [`Refusal`] with [`ReplyCode::UNSUPPORTED_REVISION`].
///
/// ```
/// use metering_messages::envelope::revision_known;
///
/// assert!(revision_known(None, &["1", "2.0"]).is_ok());
/// assert!(revision_known(Some("3"), &["1", "2.0"]).is_err());
/// ```
pub fn revision_known(revision: Option<&str>, known: &[&str]) -> Result<(), Refusal> {
    let revision = revision.unwrap_or("1");
    if known.contains(&revision) {
        return Ok(());
    }
    let detail = format!("the revision `{}` is not known here; {} are", Excerpt(revision), known.join(", "));
    Err(Refusal::new(ReplyCode::UNSUPPORTED_REVISION, detail).at_header("Revision"))
}

/// Where the answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyTo<'a> {
    /// Nowhere; the sender wants none.
    Nobody,
    /// Back on the way the message came.
    Sender,
    /// Later, to this address.
    Address(&'a str),
}

/// Where the answer to a message with this header goes: later only to an address that is among
/// `configured`, letter for letter; nothing that a message says makes this server call elsewhere.
///
/// # Errors
/// A [`Refusal`]: [`ReplyCode::HEADER_INCOMPLETE`] where the answer should come later and no address
/// is given, [`ReplyCode::POLICY_VIOLATION`] for an address that is not configured.
pub fn reply_to<'a>(header: &'a Header, configured: &[impl AsRef<str>]) -> Result<ReplyTo<'a>, Refusal> {
    if !header.wants_answer() {
        return Ok(ReplyTo::Nobody);
    }
    if header.async_reply != Some(true) {
        return Ok(ReplyTo::Sender);
    }
    let Some(address) = header.reply_address.as_deref().filter(|it| !it.is_empty()) else {
        let detail = "`AsyncReplyFlag` is set and `ReplyAddress` is missing";
        return Err(Refusal::new(ReplyCode::HEADER_INCOMPLETE, detail).at_header("AsyncReplyFlag"));
    };
    if configured.iter().any(|it| it.as_ref() == address) {
        return Ok(ReplyTo::Address(address));
    }
    let detail = format!("answers are not sent to `{}`: no such address is configured", Excerpt(address));
    Err(Refusal::new(ReplyCode::POLICY_VIOLATION, detail).at_header("ReplyAddress"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::{Action, MessageNoun, Verb};

    fn header() -> Header {
        Header::new(Verb::Do(Action::Get), MessageNoun::MeterReadings)
    }

    #[test]
    fn a_context_is_compared_without_case_and_none_is_production() {
        let served = [Context::of("production"), Context::of("STUDY")];
        assert_eq!(context_allowed(None, &served), Ok(()));
        assert_eq!(context_allowed(Some(&Context::of("Study")), &served), Ok(()));
        let refused = context_allowed(Some(&Context::of("TESTING")), &served).unwrap_err();
        assert_eq!(refused.to_string(), "7.7: the context is TESTING; this server works in production, STUDY");
        assert_eq!(refused.xpath.as_deref(), Some("/*/e:Header/e:Context"));
        assert!(context_allowed(None, &[Context::of("TESTING")]).is_err());
        assert!(context_allowed(Some(&Context::of("")), &served).is_err());
    }

    #[test]
    fn answers_go_later_only_to_configured_addresses() {
        let configured = ["https://hes.example/replies".to_owned()];
        let with = |flag, address: Option<&str>| {
            let header = Header { async_reply: flag, reply_address: address.map(str::to_owned), ..header() };
            reply_to(&header, &configured).map(|to| match to {
                ReplyTo::Address(address) => address.to_owned(),
                to => format!("{to:?}"),
            })
        };
        assert_eq!(with(None, None), Ok("Sender".to_owned()));
        assert_eq!(with(Some(false), Some("http://169.254.169.254/")), Ok("Sender".to_owned()));
        assert_eq!(with(Some(true), Some("https://hes.example/replies")), Ok("https://hes.example/replies".to_owned()));
        for address in [
            "https://hes.example/replies/",
            "https://HES.example/replies",
            "https://hes.example/replies?x",
            "https://hes.example/replies@h/",
            "http://hes.example/replies",
            "queue:replies",
        ] {
            assert_eq!(with(Some(true), Some(address)).unwrap_err().code, ReplyCode::POLICY_VIOLATION, "{address}");
        }
        for absent in [None, Some("")] {
            assert_eq!(with(Some(true), absent).unwrap_err().code, ReplyCode::HEADER_INCOMPLETE);
        }
        let silent = Header { ack_required: Some(false), async_reply: Some(true), ..header() };
        assert_eq!(reply_to(&silent, &configured), Ok(ReplyTo::Nobody));
    }
}
