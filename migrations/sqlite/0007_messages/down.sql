DROP TABLE owed_replies;
DROP TABLE nonces;
