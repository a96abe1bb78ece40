//! XML as IEC 61968-9 has it, Edition 2.
//!
//! Reading is lenient where nothing is lost by it: any order of the elements, elements nobody
//! knows, any prefix, several namespaces. What was needed of that is counted and told
//! ([`Tolerances`]), and what the standard has and this server has no place for is among it. Writing
//! is strict: what is written is what the schema says, in its order, and what it has no place for is
//! named ([`Omitted`]).
//!
//! Every body passes a guard first: no document types, no entities but the five, no processing
//! instructions, bounded everywhere by [`crate::Limits`].

use crate::Read;

mod answer;
pub mod configuration;
mod elements;
pub mod end_device_controls;
pub mod end_device_events;
pub mod envelope;
mod guard;
mod item;
mod lexical;
mod message;
pub mod meter_readings;
mod namespaces;
mod omitted;
mod places;
pub mod problem;
pub mod receipt;
mod schema;
pub mod soap;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod tolerances;
mod walk;

pub use answer::answer;
pub use namespaces::{Namespaces, NamespacesError, OWN, PROBLEM};
pub use omitted::Omitted;
pub use places::Places;
pub use tolerances::{Tolerance, Tolerances, Tolerated};

/// A message of XML as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received<T> {
    /// What could be read of it. What was tolerated is among the warnings.
    pub read: Read<T>,
    /// The namespace it is in.
    pub namespace: String,
    /// In which ways it departs from the schema, or from what is kept.
    pub tolerances: Tolerances,
    /// Where its items are.
    pub places: Places,
}
