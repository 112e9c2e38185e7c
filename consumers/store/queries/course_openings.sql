-- Which events of these types are the newest with a released label? A row a version: which one is current is decided afterwards.
SELECT UUIDNumToString(id) AS event, toUnixTimestamp64Milli(recorded_at) AS newest
FROM events
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND type IN (SELECT arrayJoin({types:Array(String)}))
ORDER BY recorded_at DESC
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
