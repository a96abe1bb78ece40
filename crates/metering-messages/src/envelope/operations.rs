//! `OperationSet`: several things to do, in one message.

use super::{Noun, Verb};

/// Things to do, and what holds for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationSet<P> {
    /// Whether they are to be done in the order of their ids. Where nothing is said, they need not.
    pub enforce_message_sequence: bool,
    /// Whether nothing is to be done where one of them cannot be. Where nothing is said, so it is.
    pub enforce_transactional_integrity: bool,
    /// The things to do.
    pub operations: Vec<Operation<P>>,
}

impl<P> Default for OperationSet<P> {
    fn default() -> Self {
        Self { enforce_message_sequence: false, enforce_transactional_integrity: true, operations: Vec::new() }
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation<P> {
    /// Its number in the set; a reply's errors refer to it.
    pub id: i64,
    /// To what.
    pub noun: Noun,
    /// What.
    pub verb: Verb,
    /// Whether it is done to a part of an object only.
    pub element_operation: bool,
    /// The message.
    pub payload: Option<P>,
}

impl<P> OperationSet<P> {
    pub(super) fn try_map<Q, E>(self, make: &mut impl FnMut(P) -> Result<Q, E>) -> Result<OperationSet<Q>, E> {
        let Self { enforce_message_sequence, enforce_transactional_integrity, operations } = self;
        let operations = operations
            .into_iter()
            .map(|Operation { id, noun, verb, element_operation, payload }| {
                let payload = payload.map(&mut *make).transpose()?;
                Ok(Operation { id, noun, verb, element_operation, payload })
            })
            .collect::<Result<_, E>>()?;
        Ok(OperationSet { enforce_message_sequence, enforce_transactional_integrity, operations })
    }
}
