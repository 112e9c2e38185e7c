-- The versions, up to a moment, of events whose chain of versions may have a gap: which one counts is decided afterwards. In the order of
-- the log, as queries/event_labels.sql. Rare: the sink notes such events.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes, topic, partition, offset, item
FROM events
PREWHERE id IN (SELECT event_id FROM gapped_events)
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY id, topic, partition, offset, item, recorded_at
LIMIT 1 BY id, topic, partition, offset, item, recorded_at
SETTINGS prefer_column_name_to_alias = 1
