DROP TABLE installations;
DROP TABLE configuration_revisions;
DROP TABLE object_names;
DROP TABLE identified_object_counters;
DROP TABLE identified_objects;
