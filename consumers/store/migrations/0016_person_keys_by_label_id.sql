-- The keys of persons are another hash since this release, and the sink sends the id of a label itself (consumers.sink.label_ids), so a row
-- needs no columns of a label. Keys of the former hash would never be found again. So the table begins empty, and the sink, which finds no
-- keys, reads the log from its beginning.

DROP TABLE IF EXISTS {database}.person_keys SYNC;
CREATE TABLE {database}.person_keys
(
    key UInt64,
    event_id FixedString(16),
    recorded_at DateTime64(3, 'UTC'),
    label_id UInt64 COMMENT 'that of events.label_id',
    INDEX by_event event_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (key, event_id, recorded_at, label_id)
SETTINGS old_parts_lifetime = 30, cleanup_delay_period = 10, max_cleanup_delay_period = 20, cleanup_delay_period_random_add = 1, index_granularity = 256;
