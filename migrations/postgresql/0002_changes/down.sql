DROP TABLE audit_log;
DROP TABLE idempotency_keys;
DROP TABLE receipts;
DROP TABLE change_log;
