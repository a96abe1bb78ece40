-- Everything belongs to an organisation. Its row is locked by each change until the commit, so
-- the order of the change numbers is the order of the commits and the audit log is one chain.
CREATE TABLE organisations (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_change BIGINT NOT NULL,
    last_change_at BIGINT NOT NULL,
    audit_number BIGINT NOT NULL,
    audit_hash BYTEA NOT NULL,
    CONSTRAINT organisations_pkey PRIMARY KEY (id)
);

-- Keys of programs. The prefix is the visible id; of the key itself only a keyed hash is kept.
CREATE TABLE api_keys (
    prefix TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    hash BYTEA NOT NULL,
    roles TEXT NOT NULL,
    quota BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    CONSTRAINT api_keys_pkey PRIMARY KEY (prefix)
);
CREATE INDEX api_keys_organisation ON api_keys (organisation_id, created_at);
