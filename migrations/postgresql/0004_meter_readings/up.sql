-- Series belong to an object (a meter, or a usage point where no meter is named), and through it
-- to its organisation. Every key begins with the owner, by which these tables are distributed.
CREATE TABLE series (
    owner_id BIGINT NOT NULL,
    series_id INTEGER NOT NULL,
    reading_type TEXT COLLATE "C" NOT NULL,
    -- As the sender named it last.
    usage_point TEXT COLLATE "C",
    first_time_stamp BIGINT NOT NULL,
    last_time_stamp BIGINT NOT NULL,
    readings BIGINT NOT NULL,
    created_change BIGINT NOT NULL,
    CONSTRAINT series_pkey PRIMARY KEY (owner_id, series_id),
    CONSTRAINT series_reading_type UNIQUE (owner_id, reading_type)
);
CREATE INDEX series_usage_point ON series (usage_point) WHERE usage_point IS NOT NULL;

-- Most requests change some rows; with room beside it the new version needs no new index entries.
ALTER TABLE series SET (fillfactor = 50);

-- One row per series and UTC day: everything that stands, packed (docs/block-format.md).
CREATE TABLE reading_blocks (
    owner_id BIGINT NOT NULL,
    series_id INTEGER NOT NULL,
    -- Counted from 1970-01-01.
    day INTEGER NOT NULL,
    -- The newest change that wrote into it.
    last_change BIGINT NOT NULL,
    readings INTEGER NOT NULL,
    block BYTEA NOT NULL,
    CONSTRAINT reading_blocks_pkey PRIMARY KEY (owner_id, series_id, day)
);
-- Packed already.
ALTER TABLE reading_blocks ALTER COLUMN block SET STORAGE EXTERNAL;

-- What does not stand: superseded, or kept beside an edited value (superseded_by is null).
CREATE TABLE reading_revisions (
    owner_id BIGINT NOT NULL,
    series_id INTEGER NOT NULL,
    time_stamp BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    digits BIGINT,
    scale SMALLINT,
    qualities TEXT NOT NULL,
    change_number BIGINT NOT NULL,
    superseded_by BIGINT,
    -- Packed as in a block.
    details BYTEA,
    CONSTRAINT reading_revisions_pkey PRIMARY KEY (owner_id, series_id, time_stamp, revision)
);
