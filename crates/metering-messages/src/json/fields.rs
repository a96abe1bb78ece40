//! `fields` in JSON.
