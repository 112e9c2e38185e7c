-- Items rejected or pending now, and messages rejected whole, newest first. Empty filters mean any; `since` in ms since 1970 UTC.
-- A pending item accepted later says so again, further on. `item` -1: the whole message.
SELECT
    what, of_node AS node, said AS verdict, why AS code, told AS detail, toUnixTimestamp64Milli(recorded) AS recorded_at,
    at_topic AS topic, at_partition AS partition, at_offset AS offset, at_item AS item, on_cord AS cord, number AS sequence, event AS id
FROM
(
    SELECT
        'item' AS what, splitByChar('/', toString(cord))[1] AS of_node, toString(argMax(verdict, accepted_offset)) AS said,
        toString(argMax(code, accepted_offset)) AS why, argMax(field, accepted_offset) AS told, any(recorded_at) AS recorded,
        toString(topic) AS at_topic, partition AS at_partition, offset AS at_offset, toInt64(item) AS at_item,
        toString(cord) AS on_cord, any(sequence) AS number, UUIDNumToString(any(id)) AS event
    FROM items
    WHERE (topic, partition, offset, item) IN (SELECT topic, partition, offset, item FROM items WHERE verdict IN ('pending', 'rejected'))
    GROUP BY topic, partition, offset, item, cord
    UNION ALL
    SELECT
        'message', ifNull(node, ''), 'rejected', toString(code), detail, recorded_at,
        toString(topic), partition, offset, toInt64(-1), '', toUInt64(0), ''
    FROM rejects FINAL
)
WHERE said IN ('pending', 'rejected')
    AND ({code:String} = '' OR why = {code:String})
    AND ({node:String} = '' OR of_node = {node:String})
    AND recorded >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
ORDER BY recorded DESC, at_topic, at_partition, at_offset, at_item
