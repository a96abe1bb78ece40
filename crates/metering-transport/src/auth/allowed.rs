//! Leave to call a handler, in its signature.

use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use metering_model::{Permission, Permitted, Principal, Role};

use crate::exchange::Exchange;
use crate::problem::{Kind, Problem};

/// The caller, who may do what `P` stands for.
///
/// It is the only way for a handler to learn who is calling, and the first of its arguments: its
/// future is ready at once, so who may not is refused before the body is read.
#[derive(Debug)]
pub(crate) struct Allowed<P> {
    principal: Rc<Principal>,
    exchange: Rc<Exchange>,
    permission: PhantomData<P>,
}

impl<P> Allowed<P> {
    /// The call and what is known of it.
    pub(crate) fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// The same caller, where the body says what is to be done.
    pub(crate) fn some(&self) -> AllowedSome {
        AllowedSome { principal: Rc::clone(&self.principal), exchange: Rc::clone(&self.exchange) }
    }
}

impl<P> Deref for Allowed<P> {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.principal
    }
}

impl<P: Permitted> FromRequest for Allowed<P> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(allow(Exchange::of(request)))
    }
}

fn allow<P: Permitted>(exchange: Option<Rc<Exchange>>) -> Result<Allowed<P>, Problem> {
    let (principal, exchange) = known(exchange)?;
    needs(&principal, &[P::PERMISSION])?;
    Ok(Allowed { principal, exchange, permission: PhantomData })
}

/// The caller of what only the body says what it is: who may do none of it is refused before the
/// body is read. Each thing that is done then needs its own permission, by [`needs`].
#[derive(Debug)]
pub(crate) struct AllowedSome {
    principal: Rc<Principal>,
    exchange: Rc<Exchange>,
}

impl AllowedSome {
    /// What a message may need.
    pub(crate) const PERMISSIONS: &'static [Permission] = &[
        Permission::ReadReadings,
        Permission::SubmitReadings,
        Permission::ReadControls,
        Permission::SubmitControls,
        Permission::ReadEvents,
        Permission::SubmitEvents,
        Permission::ReadConfiguration,
        Permission::ConfigureDevices,
        Permission::ConfigureComModules,
        Permission::ConfigureUsagePoints,
    ];

    /// The call and what is known of it.
    pub(crate) fn exchange(&self) -> &Exchange {
        &self.exchange
    }
}

impl Deref for AllowedSome {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.principal
    }
}

impl FromRequest for AllowedSome {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = known(Exchange::of(request));
        ready(known.and_then(|(principal, exchange)| {
            needs(&principal, Self::PERMISSIONS)?;
            Ok(Self { principal, exchange })
        }))
    }
}

fn known(exchange: Option<Rc<Exchange>>) -> Result<(Rc<Principal>, Rc<Exchange>), Problem> {
    let exchange = exchange.ok_or_else(|| Problem::bare(Kind::Internal))?;
    let principal = exchange.principal().ok_or_else(|| Problem::unauthenticated(false))?;
    Ok((principal, exchange))
}

/// Refuses who has none of these permissions.
pub(crate) fn needs(principal: &Principal, some: &[Permission]) -> Result<(), Problem> {
    if some.iter().any(|permission| principal.may(*permission)) {
        return Ok(());
    }
    let allowing = Role::ALL.iter().filter(|role| role.permissions().iter().any(|it| some.contains(it)));
    let roles: Vec<&str> = allowing.map(|role| role.as_str()).collect();
    let mut detail = format!("this needs one of the roles {}", roles.join(", "));
    if principal.limits.is_some() {
        detail.push_str("; a credential for some meters only reads readings and nothing else");
    }
    Err(Problem::new(Kind::Forbidden, detail))
}
