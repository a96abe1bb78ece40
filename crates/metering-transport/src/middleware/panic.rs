//! Panics: each ends one request, and neither the connection nor the server.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::middleware::Next;

use super::security_headers;
use crate::metrics;
use crate::problem::{Kind, Problem};

/// Around each handler: its panic becomes a problem like any other.
///
/// It stands behind the routing, where the request may be cloned; in front of it a clone would
/// make the routing itself panic.
pub(crate) async fn caught(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let kept = request.request().clone();
    match unwinding(async move { next.call(request).await }).await {
        Some(answer) => Ok(answer?.map_into_boxed_body()),
        None => Ok(ServiceResponse::from_err(panicked(), kept)),
    }
}

/// Around everything: for a panic in one of the other layers, where no request is left to answer.
pub(crate) async fn last_resort(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let secure = request.app_config().secure();
    match unwinding(async move { next.call(request).await }).await {
        Some(answer) => Ok(answer?.map_into_boxed_body()),
        None => {
            let mut response = panicked().response(false, None, None);
            security_headers::put(response.headers_mut(), secure);
            Err(InternalError::from_response("a layer panicked", response).into())
        }
    }
}

fn panicked() -> Problem {
    metrics::panicked();
    Problem::new(Kind::Internal, "the server failed at this request")
}

/// Drives `work`; `None` when it panics.
async fn unwinding<T>(work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(done)) => Poll::Ready(Some(done)),
        Err(_) => Poll::Ready(None),
    })
    .await
}
