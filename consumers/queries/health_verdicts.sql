-- Per node and code: items rejected since then, and items that are pending now. A pending item accepted later says so again, further on.
SELECT splitByChar('/', toString(cord))[1] AS node, verdict, code, count() AS items
FROM
(
    SELECT cord, argMax(verdict, accepted_offset) AS verdict, argMax(code, accepted_offset) AS code, any(recorded_at) AS recorded
    FROM items
    WHERE (topic, partition, offset, item) IN (SELECT topic, partition, offset, item FROM items WHERE verdict IN ('pending', 'rejected'))
    GROUP BY topic, partition, offset, item, cord
)
WHERE verdict = 'pending' OR (verdict = 'rejected' AND recorded >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
GROUP BY node, verdict, code
