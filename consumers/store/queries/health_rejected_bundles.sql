-- The newest bundles that were rejected whole since then with one of these codes: where, whose, why, and when.
SELECT topic, partition, offset, ifNull(node, '') AS node, toString(code) AS code, toUnixTimestamp64Milli(recorded_at) AS at
FROM rejects FINAL
WHERE recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND code IN {codes:Array(String)} AND startsWith(topic, 'quipu.bundles.')
ORDER BY recorded_at DESC
LIMIT {limit:UInt32}
