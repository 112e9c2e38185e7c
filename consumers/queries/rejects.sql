-- Items rejected or pending now, and messages rejected whole, newest first. Empty filters mean any; `since` in ms since 1970 UTC.
-- A pending item accepted later says so again, further on. `item` -1: the whole message.
SELECT what, node, verdict, code, detail, toUnixTimestamp64Milli(recorded) AS recorded_at, topic, partition, offset, item, cord, sequence, id
FROM
(
    SELECT
        'item' AS what, splitByChar('/', toString(cord))[1] AS node, argMax(verdict, accepted_offset) AS verdict,
        toString(argMax(code, accepted_offset)) AS code, argMax(field, accepted_offset) AS detail, any(recorded_at) AS recorded,
        toString(topic) AS topic, partition, offset, toInt64(item) AS item, toString(any(cord)) AS cord, any(sequence) AS sequence,
        UUIDNumToString(any(id)) AS id
    FROM items
    WHERE (topic, partition, offset, item) IN (SELECT topic, partition, offset, item FROM items WHERE verdict IN ('pending', 'rejected'))
    GROUP BY topic, partition, offset, item, cord
    UNION ALL
    SELECT
        'message' AS what, ifNull(node, '') AS node, 'rejected' AS verdict, toString(code) AS code, detail, recorded_at AS recorded,
        toString(topic) AS topic, partition, offset, toInt64(-1) AS item, '' AS cord, toUInt64(0) AS sequence, '' AS id
    FROM rejects FINAL
)
WHERE verdict IN ('pending', 'rejected')
    AND ({code:String} = '' OR code = {code:String})
    AND ({node:String} = '' OR node = {node:String})
    AND recorded >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
ORDER BY recorded DESC, topic, partition, offset, item
