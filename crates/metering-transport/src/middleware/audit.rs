//! Every call is recorded and measured, refused ones too; health aside, which is asked for all
//! the time and touches nothing.

use std::rc::Rc;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use super::state_of;
use crate::exchange::Exchange;
use crate::metrics;
use crate::parameters;
use crate::state::State;

/// Names of query parameters that are recorded; values never are.
pub(crate) const RECORDED_NAMES: &[&str] = &[
    "asOf",
    "controlType",
    "cursor",
    "deviceId",
    "energyDirection",
    "eventType",
    "flow",
    "from",
    "idempotencyKey",
    "interval",
    "limit",
    "mRID",
    "measurement",
    "meterId",
    "multiplier",
    "name",
    "phase",
    "quality",
    "readingType",
    "readingTypeCode",
    "recordedAfter",
    "revisions",
    "serialNumber",
    "severity",
    "sha256",
    "status",
    "timeOfUse",
    "to",
    "unit",
    "usagePointId",
    "wsdl",
];

/// The longest path that is recorded whole.
const LONGEST: usize = 500;

/// Records the call once it is answered. A change has recorded itself, in its own transaction.
pub(crate) async fn audit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = state_of(&request)?;
    let names = parameters::names(request.query_string(), RECORDED_NAMES).join("&");
    let mut record = Exchange::of(&request).map(|exchange| Record { state, exchange, names, status: GONE });
    let answer = next.call(request).await;
    let (status, route) = match &answer {
        Ok(response) => (response.status().as_u16(), response.request().match_pattern()),
        Err(error) => (error.as_response_error().status_code().as_u16(), None),
    };
    if let Some(record) = &mut record {
        record.status = status;
        let exchange = &record.exchange;
        metrics::answered(&exchange.method, route.as_deref().unwrap_or("none"), status, exchange.started.elapsed());
        tracing::debug!(
            request_id = exchange.request_id,
            method = exchange.method,
            path = exchange.path,
            status,
            micros = exchange.started.elapsed().as_micros(),
            "answered"
        );
    }
    answer
}

/// The status of a call whose client went away before it was answered.
const GONE: u16 = 499;

/// Records the call when it ends, however it ends.
struct Record {
    state: State,
    exchange: Rc<Exchange>,
    names: String,
    status: u16,
}

impl Drop for Record {
    fn drop(&mut self) {
        if self.exchange.recorded.get() || matches!(self.exchange.path.as_str(), "/health" | "/health/ready") {
            return;
        }
        let mut call = self.exchange.call(self.status);
        if let Some((end, _)) = call.path.char_indices().nth(LONGEST) {
            call.path.truncate(end);
            call.path.push_str("...");
        }
        if !self.names.is_empty() {
            call.path.push('?');
            call.path.push_str(&self.names);
        }
        self.state.store().record_call(call);
    }
}
