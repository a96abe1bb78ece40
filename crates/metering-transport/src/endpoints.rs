//! The handlers, a file per noun. Each extracts, makes one call, and answers.

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::guard::fn_guard;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Resource};

use crate::middleware::caught;
use crate::problem::{Kind, Problem};

mod codes;
mod configuration;
mod docs;
mod end_device_controls;
mod end_device_events;
mod health;
mod messages;
mod meter_readings;
mod metrics;
pub(crate) mod openapi;
mod pages;
mod problems;
mod receipts;
mod soap;
mod status;
mod writing;

/// All routes.
///
/// They are made of resources, for only these answer a wrong method with 405 and `Allow`.
pub(crate) fn configure(config: &mut ServiceConfig) {
    health::configure(config);
    docs::configure(config);
    openapi::configure(config);
    problems::configure(config);
    messages::configure(config);
    soap::configure(config);
    codes::configure(config);
    meter_readings::configure(config);
    end_device_controls::configure(config);
    end_device_events::configure(config);
    configuration::configure(config);
    receipts::configure(config);
    status::configure(config);
    metrics::configure(config);
    config.default_service(web::to(nothing_here));
}

async fn nothing_here() -> Result<HttpResponse, Problem> {
    Err(Problem::new(Kind::NotFound, "nothing is at this address; /docs lists what there is"))
}

/// Whether the path has a control character behind an escape. No id has one, and PostgreSQL takes
/// no NUL in a text: there is nothing at such an address.
fn has_control_characters(path: &str) -> bool {
    let escaped = |it: &[u8]| matches!(it, [b'%', b'0' | b'1', _] | [b'%', b'7', b'f' | b'F']);
    path.as_bytes().windows(3).any(escaped)
}

/// An address, whose handlers may panic without harm to others.
fn at(
    path: &str,
) -> Resource<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>
    + use<>,
> {
    web::resource(path)
        .guard(fn_guard(|context| !has_control_characters(context.head().uri.path())))
        .wrap(from_fn(caught))
}
