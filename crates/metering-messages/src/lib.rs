//! The notations of the metering data exchange API, to and from `metering-model`.
//!
//! This crate knows neither SQL nor HTTP. A reader fails only on a broken notation; anything
//! wrong with an item is that item's violation, and the other items are read all the same.

use metering_model::Violation;
use thiserror::Error;

pub mod envelope;
mod items;
pub mod json;
mod meter_readings;
mod numbers;
pub mod soap;
mod values;
pub mod xml;

/// What could be read of a message, and what not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The items that could be read.
    pub value: T,
    /// Whether one object stood alone in the place of the list.
    pub alone: bool,
    /// Why the other items could not be read.
    pub violations: Vec<Violation>,
    /// What was read but deserves a look.
    pub warnings: Vec<Violation>,
}

/// How much of a message is read before it is refused.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Items of the list.
    pub items: usize,
    /// Objects and lists, or elements, within each other.
    pub depth: usize,
    /// Attributes of one element of XML, declarations of namespaces among them.
    pub attributes: usize,
    /// Namespaces of XML that are declared at one place, by an element or those around it.
    pub namespaces: usize,
    /// Bytes of one name of XML.
    pub name: usize,
    /// Bytes of one text of XML, in an element or an attribute.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { items: 100_000, depth: 32, attributes: 32, namespaces: 64, name: 256, text: 65_536 }
    }
}

/// The text is no message in its notation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Malformed {
    /// The notation is broken.
    #[error("{problem} at line {line}, column {column}")]
    Notation {
        /// What is wrong, for a person.
        problem: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The text is in the notation and is no message of this kind.
    #[error("{0}")]
    Message(String),
    /// More items than a message may have.
    #[error("more than {limit} items; send them in several requests")]
    TooManyItems {
        /// The most there may be.
        limit: usize,
    },
}
