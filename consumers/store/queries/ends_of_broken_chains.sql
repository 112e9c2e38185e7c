-- The versions, up to a moment, of events of which more than one version is superseded by no other: their chain has a gap. In the order of
-- the log, as queries/event_labels.sql. Rare: only events with a correction are looked at.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes, topic, partition, offset, item
FROM events FINAL
PREWHERE id IN (
    SELECT event_id FROM facts
    WHERE line = 0 AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
      AND event_id IN (SELECT event_id FROM replaced WHERE act = 'correction')
      AND (event_id, version) NOT IN (
            SELECT event_id, version FROM replaced WHERE act = 'correction' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC'))
    GROUP BY event_id
    HAVING uniqExact(version) > 1)
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY id, topic, partition, offset, item
SETTINGS prefer_column_name_to_alias = 1
