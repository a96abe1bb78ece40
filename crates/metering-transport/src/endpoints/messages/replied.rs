//! What a message is answered with: the reply, and the HTTP status beside it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use metering_messages::Malformed;
use metering_messages::envelope::{Outcome, Refusal, Reply, ReplyCode, ReplyError};
use metering_messages::xml::envelope::Refused;
use metering_model::TimeStamp;
use metering_persistence::Answered as Committed;

use crate::problem::{Answered, Kind, Problem};

/// What an envelope is sent as.
pub(super) const XML: &str = "application/xml";

/// Where an answer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::endpoints) enum To {
    /// Nowhere, but the status to the sender.
    Nobody,
    /// To the sender, at once.
    Sender,
    /// To this address, later.
    Address(String),
}

impl To {
    /// At once, if the sender wants an answer.
    pub(super) fn sender(wanted: bool) -> Self {
        if wanted { Self::Sender } else { Self::Nobody }
    }
}

/// An answer as it is sent.
#[derive(Debug)]
pub(in crate::endpoints) struct Told {
    /// The HTTP status.
    pub(in crate::endpoints) status: u16,
    /// The envelope.
    pub(in crate::endpoints) body: Vec<u8>,
    /// What HTTP has headers for.
    pub(in crate::endpoints) headers: Vec<(HeaderName, HeaderValue)>,
    /// Where it goes.
    pub(in crate::endpoints) to: To,
}

impl Told {
    pub(super) fn new(status: u16, body: Vec<u8>) -> Self {
        Self { status, body, headers: Vec::new(), to: To::Sender }
    }

    /// The answer to a change.
    pub(super) fn of(Committed { answer, replayed }: Committed) -> Self {
        let mark = (HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
        Self { headers: Vec::from_iter(replayed.then_some(mark)), ..Self::new(answer.status, answer.body) }
    }

    /// The answer to an envelope that was not read.
    pub(super) fn of_refused(refused: Refused, now: TimeStamp) -> Self {
        let status = match refused.malformed {
            Some(Malformed::TooManyItems { .. }) => Kind::TooLarge.row().status,
            _ => of_code(refused.refusal.code, false),
        };
        let wanted = refused.header.as_ref().is_none_or(metering_messages::envelope::Header::wants_answer);
        Self::new(status, super::of_refused(refused, now)).addressed(To::sender(wanted))
    }

    /// The same, for somebody.
    pub(super) fn addressed(self, to: To) -> Self {
        Self { to, ..self }
    }

    /// The answer over HTTP. Where none is wanted, the status alone says what became of the message.
    pub(in crate::endpoints) fn response(self) -> HttpResponse {
        let mut response = HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or_default());
        for header in self.headers {
            response.append_header(header);
        }
        let mut response =
            if self.to == To::Nobody { response.finish() } else { response.content_type(XML).body(self.body) };
        response.extensions_mut().insert(Answered);
        response
    }
}

/// That the answer comes later.
pub(super) fn accepted() -> HttpResponse {
    let mut response = HttpResponse::Accepted().finish();
    response.extensions_mut().insert(Answered);
    response
}

/// The status beside a reply; `changed` says whether something was written.
pub(super) fn status(reply: &Reply, changed: bool) -> u16 {
    match reply.outcome {
        Outcome::Ok if changed => 201,
        Outcome::Ok => 200,
        Outcome::Partial => 207,
        Outcome::Failed => {
            let consequences = [ReplyCode::TRANSACTION_UNDONE, ReplyCode::MULTIPLE_ERROR_TYPES];
            let causes = reply.errors.iter().filter(|it| it.code.is_error() && !consequences.contains(&it.code));
            let mut statuses: Vec<u16> = causes.map(of_error).collect();
            statuses.dedup();
            match statuses.as_slice() {
                [one] => *one,
                _ => Kind::Invalid.row().status,
            }
        }
    }
}

fn of_error(error: &ReplyError) -> u16 {
    // What breaks a rule could be read.
    of_code(error.code, error.reason.is_some())
}

/// The status of a failure for this code.
fn of_code(code: ReplyCode, read: bool) -> u16 {
    let suggested = code.suggested_http_statuses();
    match suggested.first() {
        // The status 405 speaks of HTTP's own methods.
        Some(405) => Kind::Malformed.row().status,
        // An item against a policy, such as one of the future, is no matter of rights.
        Some(403) if read && code != ReplyCode::NOT_AUTHORIZED => Kind::Invalid.row().status,
        Some(400) if read => suggested.get(1).copied().unwrap_or(Kind::Invalid.row().status),
        Some(status) if *status >= 400 => *status,
        _ => Kind::Invalid.row().status,
    }
}

/// What an endpoint would refuse, in the terms of a reply, and its status.
pub(in crate::endpoints) fn refusal(problem: &Problem) -> (Refusal, u16) {
    let code = match problem.kind() {
        Kind::Unauthenticated => ReplyCode::AUTHENTICATION_REQUIRED,
        Kind::Forbidden => ReplyCode::NOT_AUTHORIZED,
        Kind::NotFound => ReplyCode::INVALID_REQUEST_ID,
        Kind::KeyReused => {
            let detail = "a message with another body had this `MessageID`; give each message its own";
            let refusal = Refusal::new(ReplyCode::INVALID_REQUEST_ID, detail).at_header("MessageID");
            return (refusal, problem.kind().row().status);
        }
        Kind::Conflict | Kind::PreconditionFailed => ReplyCode::CANCELLED_BY_RULE,
        Kind::KeyInFlight | Kind::Unavailable => ReplyCode::SYSTEM_BUSY,
        Kind::QuotaExceeded => ReplyCode::TOO_MANY_PENDING_REQUESTS,
        Kind::TooLarge => ReplyCode::TOO_MANY_ITEMS,
        Kind::Internal => ReplyCode::ATTEMPTED_AND_FAILED,
        _ => ReplyCode::AGAINST_SCHEMA,
    };
    (Refusal::new(code, problem.detail()), problem.kind().row().status)
}

#[cfg(test)]
mod tests {
    use metering_model::{Violation, ViolationCode};

    use super::*;

    #[test]
    fn the_status_says_what_the_reply_says() {
        let refused = |code| status(&Refusal::new(code, "").into_reply(), false);
        assert_eq!(refused(ReplyCode::AGAINST_SCHEMA), 400);
        assert_eq!(refused(ReplyCode::INVALID_VERB), 400);
        assert_eq!(refused(ReplyCode::INVALID_NOUN), 404);
        assert_eq!(refused(ReplyCode::NOT_AUTHORIZED), 403);
        assert_eq!(refused(ReplyCode::SYSTEM_BUSY), 503);
        let failed = |codes: &[ViolationCode]| {
            let violations: Vec<_> = codes.iter().map(|code| Violation::new(0, "", *code, "")).collect();
            status(&Reply::failed(&violations, |_| None, |_| None, 10), false)
        };
        assert_eq!(failed(&[ViolationCode::InvalidTime]), 422);
        assert_eq!(failed(&[ViolationCode::InTheFuture]), 422);
        assert_eq!(failed(&[ViolationCode::NotPermitted]), 403);
        assert_eq!(failed(&[ViolationCode::NotPermitted, ViolationCode::InvalidTime]), 422);
        let set = Reply::of_operations([
            (1, Reply::undone(1)),
            (2, Refusal::new(ReplyCode::NOT_AUTHORIZED, "").into_reply()),
        ]);
        assert_eq!(status(&set, false), 403);
        assert_eq!((status(&Reply::new(Outcome::Ok), true), status(&Reply::new(Outcome::Ok), false)), (201, 200));
    }
}
