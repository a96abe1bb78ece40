-- The nonces that messages were sent with, for as long as such a message would be taken.
CREATE TABLE nonces (
    organisation_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT nonces_pkey PRIMARY KEY (organisation_id, principal, sha256)
);
CREATE INDEX nonces_expires_at ON nonces (organisation_id, expires_at);

-- Replies that are owed to addresses, each until it was taken there.
CREATE TABLE owed_replies (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    address TEXT NOT NULL,
    content_type TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    body BYTEA NOT NULL,
    CONSTRAINT owed_replies_pkey PRIMARY KEY (organisation_id, id)
);
CREATE INDEX owed_replies_due_at ON owed_replies (organisation_id, due_at, id);
