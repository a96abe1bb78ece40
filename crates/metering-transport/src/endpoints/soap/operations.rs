//! What `/soap` takes and answers.

use metering_messages::json::schema;

use crate::auth::AllowedSome;
use crate::endpoints::messages::LATER;
use crate::openapi::{Answer, Content, Header, Operation, Tag};
use crate::parameters::Parameter;
use crate::problem::Kind;

pub(super) const QUERY: &[Parameter] =
    &[Parameter::one("wsdl", schema::text, "", "Asks for the description; a value is not looked at.")];

/// The three of them.
pub(in crate::endpoints) fn operations() -> Vec<Operation> {
    let about = "A `RequestMessage` or an `EventMessage` in the body of a SOAP message, done as by `/messages`. The answer \
        has the status 200 and a `ResponseMessage`; its `Reply` says what became of the message. What is no such message \
        is answered by a fault, with the reply as its detail.";
    let send = Operation::new("post", "/soap", "sendSoapMessage", Tag::Messages, "Send a message in SOAP")
        .about(about)
        .needs_one_of(AllowedSome::PERMISSIONS)
        .query(&[])
        .header(Header::Prefer)
        .writes()
        .takes_texts(&[("text/xml", "A message of SOAP 1.1."), ("application/soap+xml", "A message of SOAP 1.2.")])
        .answers_with(Answer {
            status: 200,
            meaning: "What became of the message, in the version of SOAP that it was sent in.".into(),
            content: Content::Texts(&["text/xml", "application/soap+xml"]),
            headers: vec![Header::Replayed],
            links: Vec::new(),
        })
        .answers(202, LATER, Content::None);
    let text = || Content::Text("text/xml");
    let describe = Operation::new("get", "/soap", "getSoapDescription", Tag::Messages, "The SOAP service in WSDL 1.1")
        .needs_one_of(AllowedSome::PERMISSIONS)
        .query(QUERY)
        .refuses(&[Kind::NotFound])
        .answers(200, "The description, where `wsdl` is asked for.", text());
    let file = Operation::new("get", "/soap/{file}", "getSoapSchema", Tag::Messages, "A schema of the SOAP service")
        .about("`metering.wsdl` and the schemas that it names.")
        .needs_one_of(AllowedSome::PERMISSIONS)
        .segment("The name of the file.", "Message.xsd")
        .query(&[])
        .answers(200, "The file.", text());
    vec![describe, send, file]
}
