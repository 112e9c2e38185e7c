-- Which retractions and erasures of these events were there up to a moment? `ids`: 32 hexadecimal digits each.
SELECT
    UUIDNumToString(assumeNotNull(target)) AS target, UUIDNumToString(id) AS id, type, toUnixTimestamp64Milli(min(recorded_at)) AS recorded_at
FROM events
WHERE type IN ('retraction', 'erasure')
  AND target IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
GROUP BY target, id, type
ORDER BY min(recorded_at), id
SETTINGS prefer_column_name_to_alias = 1
