//! Every refusal gets the one shape, those of the HTTP library too.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::ALLOW;
use actix_web::middleware::Next;

use super::rate_limit::{LIMIT, POLICY};
use crate::content::{Format, Reader};
use crate::exchange::Exchange;
use crate::html;
use crate::problem::{Answered, Kind, Problem};

/// Answers every refusal below as a problem, with path and request id.
pub(crate) async fn problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let exchange = Exchange::of(&request);
    let (path, id) = match &exchange {
        Some(exchange) => (Some(exchange.path.as_str()), Some(exchange.request_id.as_str())),
        None => (None, None),
    };
    // Where neither can be answered, a refusal is told in JSON all the same.
    let in_xml = Format::of(request.request()).is_ok_and(|format| format != Format::Json);
    let for_person = matches!(Reader::of(request.request()), Ok(Reader::Person));
    let told = |problem: &Problem| {
        if for_person { html::problem(problem.response(false, path, id)) } else { problem.response(in_xml, path, id) }
    };
    let response = match next.call(request).await {
        Ok(response) => response,
        Err(error) => {
            let problem = error
                .as_error()
                .cloned()
                .unwrap_or_else(|| Problem::bare(Kind::of_status(error.as_response_error().status_code())));
            problem.log(id.unwrap_or_default());
            let response = told(&problem);
            return Err(InternalError::from_response(problem, response).into());
        }
    };
    let status = response.status();
    // A message that was refused has its answer already, in its own notation.
    let answered = response.response().extensions().get::<Answered>().is_some();
    if answered || !status.is_client_error() && !status.is_server_error() {
        return Ok(response.map_into_boxed_body());
    }
    let ours = response.response().error().and_then(|error| error.as_error::<Problem>()).cloned();
    let foreign = ours.is_none();
    let problem = ours.unwrap_or_else(|| of_library(Kind::of_status(status)));
    problem.log(id.unwrap_or_default());
    let mut answer = told(&problem);
    // What the layers below say about the call holds for its refusal too.
    let kept = if foreign { &[POLICY, LIMIT, ALLOW][..] } else { &[POLICY, LIMIT] };
    for name in kept {
        if let Some(value) = response.headers().get(name)
            && !answer.headers().contains_key(name)
        {
            answer.headers_mut().insert(name.clone(), value.clone());
        }
    }
    Ok(response.into_response(answer))
}

/// What the HTTP library refuses by a status alone.
fn of_library(kind: Kind) -> Problem {
    match kind {
        Kind::NotFound => Problem::new(kind, "nothing is at this address"),
        Kind::MethodNotAllowed => Problem::new(kind, "the header `Allow` names the methods there are"),
        // Our own refusal of `Accept` names the format; the library looks at the codings.
        Kind::NotAcceptable => {
            Problem::new(kind, "`Accept-Encoding` leaves no coding; there are gzip, zstd, br, deflate and none")
        }
        kind => Problem::bare(kind),
    }
}
