//! What happens by itself; it knows no endpoint.

pub(crate) mod schedule;
