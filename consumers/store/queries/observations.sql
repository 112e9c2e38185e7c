-- Which events are live on these things up to a moment, each thing's in the order of the log: the newest row of each event where it is an add.
-- `ids`: UUIDs as text; `most`: the newest events of a thing of one authority that are read. Where the rows of all
-- labels are read, it is of one label: a reader is shown all of a label or none.
SELECT * FROM (
    SELECT
        op, kind, UUIDNumToString(thing) AS thing, UUIDNumToString(event_id) AS event_id, certainty, type, country, label,
        toUnixTimestamp64Milli(occurred) AS occurred, subdivision, traits, label_id,
        toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item
    FROM observations FINAL
    PREWHERE thing IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
    WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
    ORDER BY thing, event_id, recorded_at DESC, topic DESC, partition DESC, offset DESC, item DESC
    LIMIT 1 BY thing, event_id
)
WHERE op = 'add' AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
ORDER BY thing, recorded_at DESC, topic DESC, partition DESC, offset DESC, item DESC
LIMIT {most:UInt64} BY thing, country, if({all_labels:UInt8} = 1, label, JSONExtractString(label, 'authority'))
SETTINGS prefer_column_name_to_alias = 1
