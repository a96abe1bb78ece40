-- What operators tell devices to do. The columns are what is searched; the content is the control
-- as it was sent. The row changes only from the status it was read in.
CREATE TABLE end_device_controls (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    change_number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    meaning TEXT NOT NULL,
    priority SMALLINT NOT NULL,
    status TEXT NOT NULL,
    verification TEXT NOT NULL,
    effective_at BIGINT,
    expires_at BIGINT NOT NULL,
    wake_at BIGINT,
    devices BIGINT NOT NULL,
    identity BLOB NOT NULL,
    key_identity BLOB,
    content TEXT NOT NULL,
    CONSTRAINT end_device_controls_pkey PRIMARY KEY (organisation_id, id)
);
CREATE INDEX end_device_controls_received ON end_device_controls (organisation_id, received_at, change_number, place);
CREATE INDEX end_device_controls_identity ON end_device_controls (organisation_id, identity);
CREATE INDEX end_device_controls_key ON end_device_controls (organisation_id, key_identity)
    WHERE key_identity IS NOT NULL;
-- When somebody has to look: at the effective time of what is scheduled, at the expiry of what waits.
CREATE INDEX end_device_controls_wake ON end_device_controls (organisation_id, wake_at) WHERE wake_at IS NOT NULL;

-- The states a control came to; only ever appended to.
CREATE TABLE end_device_control_steps (
    organisation_id TEXT NOT NULL,
    control_id TEXT NOT NULL,
    step BIGINT NOT NULL,
    status TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    change_number BIGINT NOT NULL,
    CONSTRAINT end_device_control_steps_pkey PRIMARY KEY (organisation_id, control_id, step),
    CONSTRAINT end_device_control_steps_control FOREIGN KEY (organisation_id, control_id)
        REFERENCES end_device_controls (organisation_id, id)
);

-- The devices a control is for, as its target stood for them when it was received, and how far it is there.
CREATE TABLE end_device_control_targets (
    organisation_id TEXT NOT NULL,
    control_id TEXT NOT NULL,
    device_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    status TEXT NOT NULL,
    CONSTRAINT end_device_control_targets_pkey PRIMARY KEY (organisation_id, control_id, device_id),
    CONSTRAINT end_device_control_targets_control FOREIGN KEY (organisation_id, control_id)
        REFERENCES end_device_controls (organisation_id, id)
);
CREATE INDEX end_device_control_targets_device ON end_device_control_targets (organisation_id, device_id, control_id);
