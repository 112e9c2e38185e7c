-- Which retractions and erasures of these events were there up to a moment? `ids`: UUIDs as text.
SELECT
    UUIDNumToString(event_id) AS target, UUIDNumToString(successor) AS id, act AS type, toUnixTimestamp64Milli(min(recorded_at)) AS recorded_at
FROM replaced
PREWHERE event_id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
WHERE act IN ('retraction', 'erasure')
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
GROUP BY event_id, successor, act
ORDER BY min(recorded_at), id
SETTINGS prefer_column_name_to_alias = 1
