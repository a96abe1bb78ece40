//! The application: all routes, and what stands around them, in one function for server and tests.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App, Error};

use crate::endpoints;
use crate::middleware::{audit, authenticate, last_resort, problems, rate_limit, request_id, security_headers};
use crate::state::State;

/// The application on `state`.
///
/// The last wrapper meets a request first. What each does, and why it stands where it does, is
/// told in `middleware`.
pub fn app(
    state: State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(Data::new(state))
        .configure(endpoints::configure)
        .wrap(Compress::default())
        .wrap(from_fn(rate_limit))
        .wrap(from_fn(authenticate))
        .wrap(from_fn(problems))
        .wrap(from_fn(audit))
        .wrap(from_fn(request_id))
        .wrap(from_fn(security_headers))
        .wrap(from_fn(last_resort))
}

#[cfg(test)]
mod tests;
