//! `problem` in JSON.
