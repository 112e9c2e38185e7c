-- How do the owners evaluate these events, up to a moment? Every version, in the order of the log. `ids`: UUIDs as text, of released events.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes, topic, partition, offset, item,
    evaluation_scheme, evaluation_source, evaluation_information, occurred_precision
FROM events
PREWHERE id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY id, topic, partition, offset, item, recorded_at
LIMIT 1 BY id, topic, partition, offset, item, recorded_at
SETTINGS prefer_column_name_to_alias = 1
