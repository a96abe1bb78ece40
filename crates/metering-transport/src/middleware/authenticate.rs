//! Who calls is found out before anything is said about paths, so that a stranger learns nothing.

use std::net::{IpAddr, Ipv6Addr};
use std::rc::Rc;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use super::{is_open, rate_limit, state_of};
use crate::auth::{self, Unknown};
use crate::exchange::Exchange;
use crate::problem::Problem;
use crate::state::State;

/// Lets by who is known, and whoever asks for what needs no credential.
pub(crate) async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !is_open(request.path()) {
        let state = state_of(&request)?;
        match auth::principal(&state, request.headers()).await {
            Ok(principal) => {
                if let Some(exchange) = Exchange::of(&request) {
                    exchange.principal.replace(Some(Rc::new(principal)));
                }
            }
            Err(unknown) => {
                let problem = refusal(&request, &state, unknown);
                return Ok(request.error_response(problem));
            }
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// What a stranger is told: 401, or 429 once their address has guessed too often. A good
/// credential from there is let by all the same, for it never comes here.
fn refusal(request: &ServiceRequest, state: &State, unknown: Unknown) -> Problem {
    let Unknown::Bad(reason) = unknown else { return unknown.into_problem() };
    let peer = request.peer_addr().map(|it| it.ip());
    let id = Exchange::of(request).map(|it| it.request_id.clone()).unwrap_or_default();
    tracing::info!(request_id = id, peer = peer.map(tracing::field::display), reason, "a credential was refused");
    let standing = state.count_failed_login(&network(peer));
    if standing.allowed {
        Unknown::Bad(reason).into_problem()
    } else {
        rate_limit::exceeded(standing, "too many failed logins from this address")
    }
}

/// What counts as one address: of IPv6 the network of 64 bits, for one customer has all of it.
fn network(peer: Option<IpAddr>) -> String {
    match peer.map(|it| it.to_canonical()) {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        Some(address) => address.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
