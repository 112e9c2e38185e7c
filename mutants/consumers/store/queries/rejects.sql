-- Items rejected or pending now, and messages rejected whole, newest first. Empty filters mean any; `since` in ms since 1970 UTC.
-- A pending item taken up later says so again, further on. `item` -1: the whole message.
SELECT
    what, of_node AS node, said AS verdict, why AS code, told AS detail, toUnixTimestamp64Milli(recorded) AS recorded_at,
    at_topic AS topic, at_partition AS partition, at_offset AS offset, at_item AS item, on_cord AS cord, number AS sequence, event AS id
FROM
(
    SELECT
        'item' AS what, splitByChar('/', toString(cord))[1] AS of_node, toString(verdict) AS said, toString(code) AS why, field AS told,
        recorded_at AS recorded, toString(topic) AS at_topic, partition AS at_partition, offset AS at_offset, toInt64(item) AS at_item,
        toString(cord) AS on_cord, sequence AS number, UUIDNumToString(id) AS event
    FROM items
    WHERE verdict = 'rejected'
        OR (verdict = 'pending' AND (topic, partition, offset, item) NOT IN (
            SELECT topic, partition, offset, item
            FROM items
            WHERE verdict != 'pending' AND (topic, partition, offset, item) IN (SELECT topic, partition, offset, item FROM items WHERE verdict = 'pending')
        ))
    LIMIT 1 BY topic, partition, offset, item
    UNION ALL
    SELECT
        'message', ifNull(node, ''), 'rejected', toString(code), detail, recorded_at,
        toString(topic), partition, offset, toInt64(-1), '', toUInt64(0), ''
    FROM rejects FINAL
)
WHERE ({code:String} = '' OR why = {code:String})
    AND ({node:String} = '' OR of_node = {node:String})
    AND recorded >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
ORDER BY recorded DESC, at_topic, at_partition, at_offset, at_item
