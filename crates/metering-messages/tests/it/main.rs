//! What the notations promise as a whole.

mod allocations;
mod reply_codes;
