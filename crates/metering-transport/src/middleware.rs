//! What stands around every handler, from the outside in:
//!
//! 1. [`last_resort`]: a panic of any layer below ends in a problem.
//! 2. [`security_headers`]: on every answer, refusals too.
//! 3. [`request_id`]: from here on the call is known ([`Exchange`](crate::exchange::Exchange)).
//! 4. [`audit`]: records what the layers below answered, and measures it.
//! 5. [`problems`]: gives every refusal the one shape.
//! 6. [`authenticate`]: 401, before anything is said about paths.
//! 7. [`rate_limit`]: 429, and how the caller stands on every answer below.
//! 8. compression of the answer, routing (404, 405), and [`caught`] around each handler.

mod audit;
mod authenticate;
mod panic;
mod problems;
mod rate_limit;
mod request_id;
mod security_headers;

#[cfg(test)]
pub(crate) use audit::RECORDED_NAMES;
pub(crate) use audit::audit;
pub(crate) use authenticate::authenticate;
pub(crate) use panic::{caught, last_resort};
pub(crate) use problems::problems;
pub(crate) use rate_limit::rate_limit;
pub(crate) use request_id::request_id;
pub(crate) use security_headers::security_headers;

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;

use crate::problem::{Kind, Problem};
use crate::state::State;

/// Whether the path needs no credential: what tells whether the server lives, and what only
/// describes.
fn is_open(path: &str) -> bool {
    matches!(
        path,
        "/" | "/codes" | "/docs" | "/problems" | "/openapi.json" | "/openapi-3.0.json" | "/health" | "/health/ready"
    ) || path.starts_with("/problems/")
        || path.starts_with("/codes/")
        || path.starts_with("/docs/")
}

fn state_of(request: &ServiceRequest) -> Result<State, Problem> {
    let state = request.app_data::<Data<State>>().ok_or_else(|| Problem::bare(Kind::Internal))?;
    Ok(state.get_ref().clone())
}
