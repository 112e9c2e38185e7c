-- A question shows whole versions, and to read one of 38 columns costs as much as to find it. So a version's columns are in one text too, as JSON in
-- the order of CONTENT_COLUMNS (consumers/store/stored_versions.py). Numbers of 64 bits may be in quotes: that is a setting of the server.
-- It is computed where a row is written, so an erasure that empties the columns empties it too.

ALTER TABLE {database}.events ADD COLUMN IF NOT EXISTS content String MATERIALIZED toJSONString(tuple(
    UUIDNumToString(id), UUIDNumToString(version), UUIDNumToString(supersedes), correction_reason,
    type, country, authority, node, recipients, tlp, handling, condition, purpose, legal_basis, urgency, justification, crime, case_reference,
    exercise, evaluation_scheme, evaluation_source, evaluation_information,
    toUnixTimestamp64Milli(occurred_from), toUnixTimestamp64Milli(occurred_until), occurred_precision,
    toUnixTimestamp64Milli(reported_at), place_country, subdivision, language, review_date, cord, sequence)) CODEC(ZSTD(3));
ALTER TABLE {database}.events MATERIALIZE COLUMN content;
