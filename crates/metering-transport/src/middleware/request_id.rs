//! The call gets its name: the caller's, if it is a good one, else one of ours.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use uuid::Uuid;

use super::state_of;
use crate::exchange::Exchange;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names the call, and puts the name on the answer.
pub(crate) async fn request_id(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = state_of(&request)?;
    let id = callers(request.headers()).unwrap_or_else(|| Uuid::now_v7().to_string());
    let value = HeaderValue::from_str(&id);
    let exchange = Rc::new(Exchange {
        request_id: id,
        at: state.now(),
        started: Instant::now(),
        method: request.method().as_str().to_owned(),
        path: request.path().to_owned(),
        peer: request.peer_addr().map(|it| it.ip().to_string()).unwrap_or_default(),
        principal: RefCell::default(),
        recorded: Cell::new(false),
    });
    request.extensions_mut().insert(exchange);
    let mut response = next.call(request).await?;
    if let Ok(value) = value {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    Ok(response)
}

/// The caller's own id: one, of 1 to 128 visible ASCII characters.
fn callers(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(REQUEST_ID);
    let (value, None) = (values.next()?.as_bytes(), values.next()) else { return None };
    let good = (1..=128).contains(&value.len()) && value.iter().all(u8::is_ascii_graphic);
    good.then(|| String::from_utf8_lossy(value).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_id_is_taken_only_if_it_is_short_and_visible() {
        let taken = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(REQUEST_ID, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            callers(&headers)
        };
        assert_eq!(taken(&["mine-1"]).as_deref(), Some("mine-1"));
        assert_eq!(taken(&[&"x".repeat(128)]).map(|it| it.len()), Some(128));
        for values in [&[][..], &[""], &["a b"], &["\u{e4}"], &["a\tb"], &["a", "b"], &[&"x".repeat(129)]] {
            assert_eq!(taken(values), None, "{values:?}");
        }
    }
}
