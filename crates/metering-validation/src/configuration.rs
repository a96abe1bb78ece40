//! The rules of `configuration`.
