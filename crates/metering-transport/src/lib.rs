//! The network side of the metering data exchange server.
//!
//! HTTP and what belongs to it: routes, credentials, content negotiation, limits, the audit of
//! every call, problems, and what leaves by itself. This crate knows no SQL.
//!
//! From the top: `app` and `serve`; `endpoints`, `delivery` and `middleware`; `auth`, `content`,
//! `openapi` and `parameters`; `problem` and `state`. Each may use what is below it.

mod admission;
mod app;
mod assets;
mod auth;
mod config;
mod content;
mod delivery;
mod endpoints;
mod exchange;
mod html;
mod metrics;
mod middleware;
mod openapi;
mod parameters;
mod problem;
mod recent_items;
mod recent_keys;
mod reply_address;
mod serve;
mod sliding_window;
mod state;
mod token_key;

pub use app::app;
pub use config::Config;
pub use metering_messages::envelope::Context;
pub use metering_messages::xml::Namespaces;
pub use metering_validation::Rules;
pub use reply_address::{ReplyAddress, ReplyAddressError};
pub use serve::{Listening, listen};
pub use state::State;
pub use token_key::{ClaimNames, Claims, OWN_AUDIENCE, OWN_ISSUER, OWN_KID, TokenKey, TokenKeyError};
