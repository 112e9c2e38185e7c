-- A question reads single events, and the evidence of single indicators, by id. ClickHouse reads whole granules, with all their columns: of
-- 1,024 rows, so a page of 60 events read 111,000 rows. Smaller granules read that much less (docs/adr/0070-read-little-for-each-answer.md). The size of
-- granules cannot be changed in place, so each table is copied. Nothing may write meanwhile: an upgrade stops the sink first.

DROP TABLE IF EXISTS {database}.events_copy SYNC;
CREATE TABLE {database}.events_copy AS {database}.events
ENGINE = ReplacingMergeTree(erased)
ORDER BY (id, recorded_at, topic, partition, offset, item)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 128, deduplicate_merge_projection_mode = 'rebuild';
INSERT INTO {database}.events_copy SELECT * FROM {database}.events;
EXCHANGE TABLES {database}.events_copy AND {database}.events;
DROP TABLE {database}.events_copy SYNC;

DROP TABLE IF EXISTS {database}.evidence_copy SYNC;
CREATE TABLE {database}.evidence_copy AS {database}.evidence
ENGINE = ReplacingMergeTree
ORDER BY (indicator, event_id, role, recorded_at, topic, partition, offset, item, op)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256, deduplicate_merge_projection_mode = 'rebuild';
INSERT INTO {database}.evidence_copy SELECT * FROM {database}.evidence;
EXCHANGE TABLES {database}.evidence_copy AND {database}.evidence;
DROP TABLE {database}.evidence_copy SYNC;

DROP TABLE IF EXISTS {database}.observations_copy SYNC;
CREATE TABLE {database}.observations_copy AS {database}.observations
ENGINE = ReplacingMergeTree
ORDER BY (thing, event_id, recorded_at, topic, partition, offset, item, op)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256, deduplicate_merge_projection_mode = 'rebuild';
INSERT INTO {database}.observations_copy SELECT * FROM {database}.observations;
EXCHANGE TABLES {database}.observations_copy AND {database}.observations;
DROP TABLE {database}.observations_copy SYNC;
