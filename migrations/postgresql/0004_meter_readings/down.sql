DROP TABLE reading_revisions;
DROP TABLE reading_blocks;
DROP TABLE series;
