-- Which records of a type are there, of released labels, the newest `limit` of them? With each version: when it was recorded, its label and its
-- place in the log; whether a version bears a label that is not released; and whether a retraction or an erasure ended the record.
SELECT
    UUIDNumToString(id) AS event, arraySort(groupUniqArray((toUnixTimestamp64Milli(recorded_at), label_id, offset, item))) AS versions,
    max({all_labels:UInt8} = 1 OR label_id NOT IN (SELECT arrayJoin({labels:Array(UInt64)}))) AS is_hidden,
    max(id IN (
        SELECT event_id FROM replaced
        PREWHERE event_id IN (
            SELECT id FROM events
            WHERE type = {type:String} AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
              AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
            ORDER BY recorded_at DESC
            LIMIT 1 BY id
            LIMIT {limit:UInt64})
        WHERE act IN ('retraction', 'erasure'))) AS is_ended
FROM events
PREWHERE id IN (
    SELECT id FROM events
    WHERE type = {type:String} AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
      AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
    ORDER BY recorded_at DESC
    LIMIT 1 BY id
    LIMIT {limit:UInt64})
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
GROUP BY id
SETTINGS prefer_column_name_to_alias = 1
