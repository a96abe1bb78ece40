//! `receipt` in JSON.
