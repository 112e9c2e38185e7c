-- Which events have a person with one of these keys, those with the most of them first? Which version of an event counts, and how alike its
-- persons are, is decided afterwards. Rows of labels that are not released are not read into the count.
SELECT UUIDNumToString(event_id) AS event, uniqExact(key) AS shared
FROM person_keys
WHERE key IN (SELECT arrayJoin({keys:Array(UInt64)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
GROUP BY event_id
ORDER BY shared DESC, event_id
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
