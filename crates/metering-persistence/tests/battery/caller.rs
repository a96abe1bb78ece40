//! One who asks for an organisation of its own, at a time of the case's choosing.

use std::sync::mpsc;

use metering_model::{OrganisationId, Principal, Sha256, TimeStamp};
use metering_persistence::{Answer, Call, Change, ChangeRequest, Result, Store, organisations};

/// The instant that `text` names.
pub(crate) fn at(text: &str) -> TimeStamp {
    text.parse().unwrap()
}

/// Who asks, for which organisation, and when.
#[derive(Clone)]
pub(crate) struct Caller {
    principal: Principal,
    now: TimeStamp,
    key: Option<String>,
}

impl Caller {
    /// Makes an organisation and one who may do everything in it.
    pub(crate) fn new(store: &Store, organisation: &str, now: &str) -> Self {
        let roles = "viewer,operator,switching,engineer,installer,head-end,billing".parse().unwrap();
        let principal = |organisation: &str| Principal {
            id: "key-1".into(),
            organisation: organisation.parse().unwrap(),
            roles,
            quota: 100,
            limits: None,
        };
        let first = Self { principal: principal("default"), now: at(now), key: None };
        let id: OrganisationId = organisation.parse().unwrap();
        first.change(store, move |change| organisations::create(change, &id, "A test")).unwrap();
        Self { principal: principal(organisation), ..first }
    }

    pub(crate) fn principal(&self) -> &Principal {
        &self.principal
    }

    pub(crate) fn organisation(&self) -> &OrganisationId {
        &self.principal.organisation
    }

    /// What steps and the audit log call them.
    pub(crate) fn name(&self) -> &str {
        &self.principal.id
    }

    pub(crate) fn now(&self) -> TimeStamp {
        self.now
    }

    /// The same caller, `seconds` later.
    pub(crate) fn later(mut self, seconds: i64) -> Self {
        self.now = self.now.plus_seconds(seconds);
        self
    }

    /// The same caller with an idempotency key.
    pub(crate) fn with_key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// The same caller with these roles only.
    pub(crate) fn with_roles(mut self, roles: &str) -> Self {
        self.principal.roles = roles.parse().unwrap();
        self
    }

    /// Changes something and waits until it is on the disk; what `work` gives back.
    pub(crate) fn change<T: Send + 'static>(
        &self,
        store: &Store,
        work: impl FnOnce(&mut Change<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let request = ChangeRequest {
            principal: self.principal.clone(),
            call: Call {
                organisation: Some(self.principal.organisation.clone()),
                principal: Some(self.principal.id.clone()),
                method: "POST".into(),
                path: "/test".into(),
                status: 0,
                request_id: "test".into(),
                peer: "127.0.0.1".into(),
                at: self.now,
            },
            received_at: self.now,
            sha256: Sha256([0; 32]),
            idempotency_key: self.key.clone(),
        };
        let (send, receive) = mpsc::channel();
        store.change_and_wait(request, move |change| {
            // The receiver waits below.
            drop(send.send(work(change)?));
            Ok(Answer { status: 201, ..Answer::default() })
        })?;
        Ok(receive.recv().unwrap())
    }
}
