//! The rules a message must meet before it is stored.
//!
//! A rule that a type can carry belongs in `metering-model`; here live the rules that need two
//! fields of an item or the clock. Rules that need what is stored are decided by persistence, in
//! the transaction that stores.
//!
//! Each noun has one `check`, which finds every broken rule at once. What comes out is a
//! [`Valid`] that only this crate can make and that persistence demands.

use std::ops::Deref;

use metering_model::{TimeStamp, Violation};

pub mod configuration;
pub mod end_device_controls;
pub mod end_device_events;
pub mod meter_readings;
pub mod reading_type;
mod shape;

/// A message every item of which meets every rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    /// The message, no longer marked as checked.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Puts what was told into the order of the items; of one item, the reader's findings stay first.
fn by_item(told: &mut [Violation]) {
    told.sort_by_key(|violation| violation.at.item);
}

/// What the rules need to know and must not find out by themselves.
#[derive(Debug, Clone)]
pub struct Facts {
    /// When the message arrived.
    pub now: TimeStamp,
    /// The bounds that an operator can set.
    pub rules: Rules,
}

/// The bounds that an operator can set.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How far ahead a reading's time stamp may lie, in seconds.
    pub reading_ahead: u32,
    /// How long ago a control's effective time may be without a later expiry, in seconds.
    pub effect_passed: u32,
    /// How long after its effective time a control expires, in seconds.
    pub expires_after: u32,
    /// The same for disconnect and reconnect.
    pub switching_expires_after: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            reading_ahead: 24 * 3600,
            effect_passed: 3600,
            expires_after: 24 * 3600,
            switching_expires_after: 4 * 3600,
        }
    }
}
