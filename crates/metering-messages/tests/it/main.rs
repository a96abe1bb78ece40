//! What the notations promise as a whole.

mod allocations;
