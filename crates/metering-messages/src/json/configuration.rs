//! `configuration` in JSON.
