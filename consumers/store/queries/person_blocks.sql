-- Which keys of persons do more events of one publisher and of released labels share than `least`, those with the most events first?
-- `publishers`: a number for each label, equal for labels of one publisher. A row for each key and publisher, with its first events by id.
SELECT
    key, transform(label_id, {labels:Array(UInt64)}, {publishers:Array(UInt64)}, toUInt64(0)) AS publisher, uniqExact(event_id) AS size,
    arraySlice(arraySort(groupUniqArray(UUIDNumToString(event_id))), 1, {most:Int64}) AS events
FROM person_keys
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC') AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
GROUP BY key, publisher
HAVING size > {least:UInt64}
ORDER BY size DESC, events
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
