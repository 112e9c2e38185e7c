-- What is stored of these events up to a moment: every version, in the order of the log. `ids`: UUIDs as text.
-- Of an event that bears no released label in any version nothing is read; which version counts is decided afterwards.
-- Copies of a row collapse here and not by FINAL, which would look into every part for every id: a row without content wins.
SELECT content, payload, toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item
FROM events
PREWHERE id IN (
    SELECT id FROM events
    PREWHERE id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
    WHERE {all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY id, topic, partition, offset, item, recorded_at, erased DESC
LIMIT 1 BY id, topic, partition, offset, item, recorded_at
SETTINGS prefer_column_name_to_alias = 1
