//! What `/messages` takes and answers.

use crate::auth::AllowedSome;
use crate::openapi::{Answer, Content, Header, Operation, Tag};
use crate::problem::Kind;

/// What 202 means.
pub(in crate::endpoints) const LATER: &str =
    "The answer goes to `ReplyAddress`, as `AsyncReplyFlag` asks: it is stored, and sent until it is taken, for a day.";

/// Its one operation.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    let about = "The body is a `RequestMessage`, an `EventMessage`, or the same called after what it carries \
        (`CreateMeterReadings`). What its verb and noun say is done as by the endpoint of the noun, in one change. Each \
        noun and verb needs the permission that its endpoint needs.\n\nThe answer is a `ResponseMessage`, or a \
        `FaultMessage` where not even the header could be read, and its `Reply` says what became of the message. \
        Refusals of what is in the message are told so too, with the status that goes with the code. A repeat of a \
        message with its `MessageID` gets the first answer again.";
    let operation = Operation::new("post", "/messages", "sendMessage", Tag::Messages, "Send a message in its envelope")
        .about(about)
        .needs_one_of(AllowedSome::PERMISSIONS)
        .query(&[])
        .header(Header::Prefer)
        .writes()
        .takes_texts(&[("application/xml", "An envelope of IEC 61968-100."), ("text/xml", "The same.")])
        .refuses(&[Kind::NotFound, Kind::Conflict]);
    let answers = [
        (200, "What was asked for, or all of it was known already."),
        (201, "Something was done, and nothing was rejected."),
        (207, "A part: some of it was rejected, or there is more to be asked for."),
    ];
    let operation = answers.into_iter().fold(operation, |operation, (status, meaning)| {
        operation.answers_with(Answer {
            status,
            meaning: meaning.into(),
            content: Content::Text("application/xml"),
            headers: vec![Header::Replayed],
            links: Vec::new(),
        })
    });
    vec![operation.answers(202, LATER, Content::None)]
}
