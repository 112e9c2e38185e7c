-- Which labels do the versions of these events bear, today? `ids`: UUIDs as text.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes, topic, partition, offset, item,
    country, authority, recipients, tlp, handling, condition, purpose, exercise,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at
FROM events
PREWHERE id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
ORDER BY id, topic, partition, offset, item, recorded_at
LIMIT 1 BY id, topic, partition, offset, item, recorded_at
SETTINGS prefer_column_name_to_alias = 1
