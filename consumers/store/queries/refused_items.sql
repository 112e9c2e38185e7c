-- How many items of each node were rejected by a moment? An item counts once; what is pending is not refused.
SELECT splitByChar('/', toString(cord))[1] AS node, count() AS refused
FROM (
    SELECT cord
    FROM items
    WHERE verdict = 'rejected' AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
    LIMIT 1 BY topic, partition, offset, item)
GROUP BY node
ORDER BY node
