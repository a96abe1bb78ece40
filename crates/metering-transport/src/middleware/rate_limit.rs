//! Never more calls of one caller than their quota in any 60 seconds.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;

use super::state_of;
use crate::exchange::Exchange;
use crate::problem::{Kind, Problem};
use crate::sliding_window::{Standing, WINDOW};

pub(super) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub(super) const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// Counts the call, and tells on every answer how the caller stands. What needs no credential
/// does not count.
pub(crate) async fn rate_limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(principal) = Exchange::of(&request).and_then(|it| it.principal()) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let standing = state_of(&request)?.count_call(&principal);
    if !standing.allowed {
        return Ok(request.error_response(exceeded(standing, "this key has used up its quota")));
    }
    let mut response = next.call(request).await?.map_into_boxed_body();
    for (name, value) in headers(standing) {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// The refusal of one more call.
pub(super) fn exceeded(standing: Standing, what: &str) -> Problem {
    let detail = format!("{what}: {} in any {} seconds", standing.quota, WINDOW.as_secs());
    let problem = Problem::new(Kind::QuotaExceeded, detail).retry_after(standing.reset.max(1));
    headers(standing).into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
}

/// How the caller stands, as headers.
pub(super) fn headers(standing: Standing) -> Vec<(HeaderName, HeaderValue)> {
    let Standing { quota, remaining, reset, .. } = standing;
    [
        (POLICY, format!("\"default\";q={quota};w={}", WINDOW.as_secs())),
        (LIMIT, format!("\"default\";r={remaining};t={reset}")),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?)))
    .collect()
}
