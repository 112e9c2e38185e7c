-- Heartbeats since then, by node: how many, from when to when, how many bring a time, and its percentiles and last one (s).
SELECT
    node, count() AS beats, toUnixTimestamp64Milli(min(recorded_at)) AS first_at, toUnixTimestamp64Milli(max(recorded_at)) AS last_at,
    countIf(seconds IS NOT NULL) AS measured, quantilesExactIf(0.5, 0.95, 0.99)(ifNull(seconds, 0), seconds IS NOT NULL) AS percentiles,
    argMaxIf(ifNull(seconds, 0), recorded_at, seconds IS NOT NULL) AS last
FROM
(
    SELECT node, recorded_at, JSONExtract(payload, 'previous_seconds', 'Nullable(Float64)') AS seconds
    FROM events
    WHERE type = 'heartbeat' AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
    LIMIT 1 BY id
)
GROUP BY node
ORDER BY node
