-- Every request that wrote; what it wrote carries its number.
CREATE TABLE change_log (
    organisation_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    principal TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    request_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    status INTEGER NOT NULL,
    receipt_id TEXT,
    CONSTRAINT change_log_pkey PRIMARY KEY (organisation_id, number)
);
CREATE INDEX change_log_recorded_at ON change_log (organisation_id, recorded_at, number);

-- What was answered, for one who never saw the answer.
CREATE TABLE receipts (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    change_number BIGINT NOT NULL,
    list TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    idempotency_key TEXT,
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    items_received BIGINT NOT NULL,
    items_inserted BIGINT NOT NULL,
    items_unchanged BIGINT NOT NULL,
    items_superseded BIGINT NOT NULL,
    items_kept BIGINT NOT NULL,
    items_rejected BIGINT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT receipts_pkey PRIMARY KEY (organisation_id, id)
);
CREATE INDEX receipts_received_at ON receipts (organisation_id, received_at, id);
CREATE INDEX receipts_sha256 ON receipts (organisation_id, sha256, received_at, id);
CREATE INDEX receipts_idempotency_key ON receipts (organisation_id, idempotency_key, received_at, id);

-- The first answer under each key, for as long as keys are kept.
CREATE TABLE idempotency_keys (
    organisation_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    path TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    roles TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    change_number BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    status INTEGER NOT NULL,
    body BYTEA NOT NULL,
    location TEXT,
    etag TEXT,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organisation_id, principal, path, idempotency_key)
);
CREATE INDEX idempotency_keys_expires_at ON idempotency_keys (organisation_id, expires_at);

-- Every call. Each entry's hash covers the hash of the one before.
CREATE TABLE audit_log (
    organisation_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    principal TEXT,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    peer TEXT NOT NULL,
    change_number BIGINT,
    hash BYTEA NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (organisation_id, number)
);
