//! What the notations promise as a whole.

mod allocations;
mod envelopes;
mod reply_codes;
