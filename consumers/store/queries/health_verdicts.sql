-- Per node and code: items rejected since then, and items that are pending now. A pending item taken up later says so again, further on.
-- A rejected item is mended where its own node had the same event accepted later. `last_at`: of those that are not mended.
SELECT
    node, said, why, uniqExactIf((topic, partition, offset, item), NOT is_mended) AS number,
    uniqExactIf((topic, partition, offset, item), is_mended) AS mended, toUnixTimestamp64Milli(maxIf(recorded_at, NOT is_mended)) AS last_at
FROM
(
    SELECT
        splitByChar('/', toString(cord))[1] AS node, toString(verdict) AS said, toString(code) AS why, topic, partition, offset, item, recorded_at,
        verdict = 'rejected' AND recorded_at < later.accepted_at AS is_mended
    FROM items
    LEFT JOIN
    (
        SELECT id, splitByChar('/', toString(cord))[1] AS of_node, max(recorded_at) AS accepted_at
        FROM items
        WHERE verdict IN ('accepted', 'duplicate')
            AND id IN (SELECT id FROM items WHERE verdict = 'rejected' AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
        GROUP BY id, of_node
    ) AS later ON later.id = items.id AND later.of_node = splitByChar('/', toString(items.cord))[1]
    WHERE (verdict = 'rejected' AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
        OR (verdict = 'pending' AND (topic, partition, offset, item) NOT IN (
            SELECT topic, partition, offset, item
            FROM items
            WHERE verdict != 'pending' AND (topic, partition, offset, item) IN (SELECT topic, partition, offset, item FROM items WHERE verdict = 'pending')
        ))
)
GROUP BY node, said, why
