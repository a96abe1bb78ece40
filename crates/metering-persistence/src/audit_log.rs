//! audit_log.
