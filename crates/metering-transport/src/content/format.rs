//! The notations of bodies and answers.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use metering_messages::xml;

use super::negotiation;
use crate::problem::Problem;
use crate::state::State;

/// The notation of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// `application/json`.
    Json,
    /// `application/xml`.
    Xml,
}

/// The format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `application/json`.
    Json,
    /// `application/xml`: everything that JSON says, in our own namespace.
    Xml,
    /// `application/xml` with the namespace of the standard's message as its profile: that message,
    /// without what it has no place for. Answers that are no message are as in XML.
    Standard,
}

impl Format {
    /// The media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml | Self::Standard => "application/xml",
        }
    }

    /// An answer that was written in JSON, in this format; `root` is what it is called in XML.
    pub(crate) fn of_json(self, root: &'static str, json: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Json => json,
            Self::Xml | Self::Standard => {
                let mut out = Vec::with_capacity(json.len() * 2);
                xml::answer(root, &json, &mut out);
                out
            }
        }
    }

    /// What the head of `request` asks for.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let state = request.app_data::<Data<State>>();
        let is_message = |profile: &str| state.is_some_and(|it| it.config().namespaces.has(profile));
        negotiation::answer(request.headers(), is_message)
    }
}

impl FromRequest for Format {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

/// Whom an answer that explains is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A person at a browser, who gets a page.
    Person,
    /// A program, which gets the format it asks for.
    Program(Format),
}

impl Reader {
    /// Whom the head of `request` speaks for.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        if negotiation::page(request.headers()) { Ok(Self::Person) } else { Format::of(request).map(Self::Program) }
    }
}

impl FromRequest for Reader {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}
