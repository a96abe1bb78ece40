//! `/soap`: the messages of `/messages` in SOAP 1.1 and 1.2, and the description of the service.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use metering_messages::soap::{DESCRIPTION, Fault, SCHEMAS, Version, description};
use metering_messages::xml::envelope::EnvelopeNamespaces;
use metering_messages::xml::soap::{write, write_fault};

use super::at;
use super::messages::{Around, Told, Unread, answer, later, read, refusal};
use super::writing::Writing;
use crate::auth::AllowedSome;
use crate::content::{Parsed, XmlBody};
use crate::parameters::Query;
use crate::problem::{Answered, Kind, Problem};
use crate::state::State;

mod operations;

use operations::QUERY;
pub(super) use operations::operations;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/soap").route(web::get().to(describe)).route(web::head().to(describe)).route(web::post().to(take)))
        .service(at("/soap/{file}").route(web::get().to(file)).route(web::head().to(file)));
}

/// The version of SOAP that a body says to be in.
struct SoapVersion(Option<Version>);

impl FromRequest for SoapVersion {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        ready(Ok(Self(kind.and_then(Version::of_content_type))))
    }
}

async fn take(
    caller: AllowedSome,
    state: Data<State>,
    (writing, version): (Writing, SoapVersion),
    query: Query,
    XmlBody(body): XmlBody,
) -> Result<HttpResponse, Problem> {
    query.none()?;
    let expected = "a SOAP message is sent as `text/xml` (1.1) or `application/soap+xml` (1.2)";
    let version = version.0.ok_or_else(|| Problem::new(Kind::UnsupportedMediaType, expected))?;
    let key = writing.key()?;
    let parsed = read(&caller, &state, &writing, body, Around::Soap(version)).await;
    let fault = match parsed.map(|Parsed { value, sha256, share }| (value, sha256, share)) {
        Ok((Ok(value), sha256, share)) => {
            let told = answer((&caller, &state), key, Parsed { value, sha256, share }).await;
            let body = in_soap(version, &told.body);
            let later = later((&caller, &state), &told.to, version.content_type(), &body).await;
            return Ok(later.unwrap_or_else(|| sent(version, told, body)));
        }
        Ok((Err(Unread::Envelope(refused)), ..)) => Fault::of_refused(version, *refused),
        Ok((Err(Unread::Fault(fault)), ..)) => *fault,
        Err(problem) => {
            problem.log(&caller.exchange().request_id);
            Fault::of(version, refusal(&problem).0)
        }
    };
    let mut out = Vec::new();
    write_fault(&fault, &EnvelopeNamespaces::default(), &mut out);
    let status = StatusCode::from_u16(fault.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(answered(HttpResponse::build(status).content_type(version.content_type()).body(out)))
}

/// An envelope in SOAP.
fn in_soap(version: Version, envelope: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    write(version, &mut out, |out| out.extend_from_slice(envelope));
    out
}

/// The answer at once. What is no fault has the status 200, as SOAP's binding to HTTP has it; what
/// became of the message is in its reply.
fn sent(version: Version, told: Told, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    for header in told.headers {
        response.append_header(header);
    }
    answered(response.content_type(version.content_type()).body(body))
}

fn answered(mut response: HttpResponse) -> HttpResponse {
    response.extensions_mut().insert(Answered);
    response
}

/// The description, for an address that the caller reaches. It names the schemas beside it.
async fn describe(_: AllowedSome, request: HttpRequest, query: Query) -> Result<HttpResponse, Problem> {
    let mut parameters = query.parameters(QUERY)?;
    let asked = parameters.one("wsdl").is_some();
    parameters.done(())?;
    if !asked {
        return Err(Problem::new(Kind::NotFound, "messages are sent here by POST; the description is at /soap?wsdl"));
    }
    Ok(document("text/xml; charset=utf-8", described(&request, "soap/")))
}

/// The description and its schemas, each by its name.
async fn file(_: AllowedSome, request: HttpRequest, name: Path<String>, query: Query) -> Result<HttpResponse, Problem> {
    query.none()?;
    if name.as_str() == DESCRIPTION {
        return Ok(document("text/xml; charset=utf-8", described(&request, "")));
    }
    let schema = SCHEMAS.iter().find(|(known, _)| known == name.as_ref());
    let (_, text) = schema.ok_or_else(|| {
        let names: Vec<&str> = SCHEMAS.iter().map(|(name, _)| *name).collect();
        Problem::new(Kind::NotFound, format!("there are {DESCRIPTION}, {}", names.join(", ")))
    })?;
    Ok(document("text/xml; charset=utf-8", (*text).to_owned()))
}

/// The description, with the schemas in this folder beside it.
fn described(request: &HttpRequest, folder: &str) -> String {
    let scheme = if request.app_config().secure() { "https" } else { "http" };
    let host = request.headers().get(HOST).and_then(|it| it.to_str().ok());
    let host = host.map_or_else(|| request.app_config().host().to_owned(), str::to_owned);
    let text = description(&format!("{scheme}://{host}/soap"));
    text.replace("schemaLocation=\"", &format!("schemaLocation=\"{folder}"))
}

fn document(kind: &'static str, text: String) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).insert_header((CACHE_CONTROL, "no-cache")).body(text)
}
