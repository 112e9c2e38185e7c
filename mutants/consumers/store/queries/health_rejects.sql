-- Messages rejected whole since then, by the node that is known to have written them (empty: none), topic and code.
SELECT ifNull(node, '') AS node, topic, code, uniqExact(partition, offset) AS messages, toUnixTimestamp64Milli(max(recorded_at)) AS last_at
FROM rejects
WHERE recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
GROUP BY node, topic, code
