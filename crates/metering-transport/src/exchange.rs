//! One call and its answer: what every layer around the handler knows of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

use actix_web::HttpMessage;
use metering_model::{Principal, TimeStamp};
use metering_persistence::Call;

/// One call, from its arrival to its answer; it stands in the request's extensions.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// What the answer, the log and the audit log name it by.
    pub(crate) request_id: String,
    /// When it arrived, by the calendar.
    pub(crate) at: TimeStamp,
    /// When it arrived, by the clock that never jumps.
    pub(crate) started: Instant,
    /// The HTTP method.
    pub(crate) method: String,
    /// The path, without the query.
    pub(crate) path: String,
    /// The address it came from.
    pub(crate) peer: String,
    /// Who calls, once that is known.
    pub(crate) principal: RefCell<Option<Rc<Principal>>>,
    /// Whether a change has recorded the call with what it wrote.
    pub(crate) recorded: Cell<bool>,
}

impl Exchange {
    /// The call that `request` belongs to.
    pub(crate) fn of(request: &impl HttpMessage) -> Option<Rc<Self>> {
        request.extensions().get::<Rc<Self>>().cloned()
    }

    /// Who calls, if it is known.
    pub(crate) fn principal(&self) -> Option<Rc<Principal>> {
        self.principal.borrow().clone()
    }

    /// The call as the audit log records it, answered with `status`.
    pub(crate) fn call(&self, status: u16) -> Call {
        let principal = self.principal();
        Call {
            organisation: principal.as_ref().map(|it| it.organisation.clone()),
            principal: principal.as_ref().map(|it| it.id.clone()),
            method: self.method.clone(),
            path: self.path.clone(),
            status,
            request_id: self.request_id.clone(),
            peer: self.peer.clone(),
            at: self.at,
        }
    }
}
