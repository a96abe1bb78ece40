//! SOAP around the envelopes of IEC 61968-100: versions, faults, and the description of the service.
//!
//! The messages themselves are read and written by [`crate::xml::soap`]. The service is described in
//! WSDL 1.1, document/literal: [`description`] with the schemas [`SCHEMAS`] beside it.

mod description;
mod fault;
mod version;

pub use description::{DESCRIPTION, SCHEMAS, description};
pub use fault::{Fault, FaultCode, NotUnderstood};
pub use version::Version;
