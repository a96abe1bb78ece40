-- One id space for whatever an id can name: end devices and meters share one, usage points and
-- communication modules have their own. What has not been configured is there as provisional,
-- without content. The internal id is the owner of series and never changes.
CREATE TABLE identified_objects (
    id BIGINT NOT NULL,
    organisation_id TEXT NOT NULL,
    space TEXT NOT NULL,
    kind TEXT NOT NULL,
    mrid TEXT NOT NULL,
    status TEXT NOT NULL,
    revision BIGINT NOT NULL,
    serial_number TEXT,
    content TEXT,
    recorded_at BIGINT NOT NULL,
    change_number BIGINT NOT NULL,
    CONSTRAINT identified_objects_pkey PRIMARY KEY (id),
    CONSTRAINT identified_objects_mrid UNIQUE (organisation_id, space, mrid)
);
-- The organisation does not come first: as long as nobody has analysed the table, PostgreSQL believes
-- that an organisation has one row, and would look an mRID up by reading all of it.
CREATE INDEX identified_objects_kind ON identified_objects (kind, organisation_id, mrid);
CREATE INDEX identified_objects_status ON identified_objects (status, organisation_id, kind, mrid);
CREATE INDEX identified_objects_serial_number ON identified_objects (serial_number, organisation_id, kind, mrid);

-- Internal ids are the organisation's number and a count: unique among all organisations without
-- a counter that all would have to lock.
CREATE TABLE identified_object_counters (
    organisation_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT identified_object_counters_pkey PRIMARY KEY (organisation_id),
    CONSTRAINT identified_object_counters_number UNIQUE (number)
);

-- Names need not be unique; one that names several objects of a space is ambiguous.
CREATE TABLE object_names (
    organisation_id TEXT NOT NULL,
    space TEXT NOT NULL,
    name TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    name_type TEXT NOT NULL,
    name_type_authority TEXT NOT NULL,
    CONSTRAINT object_names_pkey PRIMARY KEY (organisation_id, space, name, object_id, name_type, name_type_authority)
);
CREATE INDEX object_names_object ON object_names (object_id);

-- Only ever appended to.
CREATE TABLE configuration_revisions (
    organisation_id TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,
    mrid TEXT NOT NULL,
    status TEXT NOT NULL,
    serial_number TEXT,
    content TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    change_number BIGINT NOT NULL,
    CONSTRAINT configuration_revisions_pkey PRIMARY KEY (organisation_id, object_id, revision)
);
CREATE INDEX configuration_revisions_mrid ON configuration_revisions (organisation_id, kind, mrid);

-- Which device served which usage point, after valid_from up to and with valid_to.
CREATE TABLE installations (
    organisation_id TEXT NOT NULL,
    device_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    usage_point_id BIGINT NOT NULL,
    valid_from BIGINT,
    valid_to BIGINT,
    CONSTRAINT installations_pkey PRIMARY KEY (organisation_id, device_id, place)
);
CREATE INDEX installations_usage_point ON installations (organisation_id, usage_point_id);
