-- What devices report. The columns are what is searched; the content is the event as it was sent.
-- `meaning` is the code without the type of device; `word` is a word that no table has.
CREATE TABLE end_device_events (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    change_number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    device_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    meaning TEXT,
    word TEXT,
    severity TEXT,
    identity BLOB NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT end_device_events_pkey PRIMARY KEY (organisation_id, id),
    CONSTRAINT end_device_events_identity UNIQUE (organisation_id, identity)
);
CREATE INDEX end_device_events_created ON end_device_events (organisation_id, created_at, change_number, place);
CREATE INDEX end_device_events_device ON end_device_events (organisation_id, device_id, created_at, change_number, place);
