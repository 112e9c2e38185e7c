-- Per node and code: items rejected since then, and items that are pending now. A pending item taken up later says so again, further on.
SELECT splitByChar('/', toString(cord))[1] AS node, toString(verdict) AS said, toString(code) AS why, uniqExact(topic, partition, offset, item) AS number
FROM items
WHERE (verdict = 'rejected' AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
    OR (verdict = 'pending' AND (topic, partition, offset, item) NOT IN (
        SELECT topic, partition, offset, item
        FROM items
        WHERE verdict != 'pending' AND (topic, partition, offset, item) IN (SELECT topic, partition, offset, item FROM items WHERE verdict = 'pending')
    ))
GROUP BY node, said, why
