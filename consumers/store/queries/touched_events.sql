-- Which events did the log touch in a time, by a new version, a retraction, an erasure or a verdict on a person, and was one erased?
-- `since`, `until`: ms since 1970 UTC, the first of which is left out.
SELECT DISTINCT UUIDNumToString(touched) AS event, is_erased
FROM (
    SELECT assumeNotNull(coalesce(target, id)) AS touched, type = 'erasure' AS is_erased
    FROM events
    WHERE type != 'heartbeat'
      AND recorded_at > fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND recorded_at <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    UNION ALL
    SELECT arrayJoin([first, second]) AS touched, 0 AS is_erased
    FROM verdicts
    WHERE recorded_at > fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND recorded_at <= fromUnixTimestamp64Milli({until:Int64}, 'UTC'))
ORDER BY event
SETTINGS prefer_column_name_to_alias = 1
