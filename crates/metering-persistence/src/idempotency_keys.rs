//! idempotency_keys.
