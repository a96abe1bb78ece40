//! change_log.
