//! receipts.
