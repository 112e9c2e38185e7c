-- Lists are asked newest first; the tables are ordered by identity. A projection keeps the few columns that choose, ordered by time, in the
-- table's own parts: what an erasure rewrites, it rewrites there too.

ALTER TABLE {database}.events MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild';
ALTER TABLE {database}.events ADD PROJECTION IF NOT EXISTS newest_first
    (SELECT id, recorded_at, type, country, node, place_country, subdivision, reference, case_reference ORDER BY recorded_at);
ALTER TABLE {database}.events MATERIALIZE PROJECTION newest_first;

ALTER TABLE {database}.evidence MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild';
ALTER TABLE {database}.evidence ADD PROJECTION IF NOT EXISTS newest_first (SELECT indicator, recorded_at, rule, grade ORDER BY recorded_at);
ALTER TABLE {database}.evidence MATERIALIZE PROJECTION newest_first;
