-- Which events may fit, newest first? A row a version: which one is current is decided afterwards. Read backwards in the projection
-- `newest_first`, as far as the limit: so no grouping here, and no second key of the order.
SELECT UUIDNumToString(id) AS event, toUnixTimestamp64Milli(recorded_at) AS newest
FROM events
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  AND if({type:String} = '', type NOT IN ('retraction', 'erasure', 'heartbeat', 'retention_extension'), type = {type:String})
  AND ({country:String} = '' OR country = {country:String})
  AND ({node:String} = '' OR node = {node:String})
  AND ({place:String} = '' OR place_country = {place:String} OR subdivision = {place:String})
  AND ({reference:String} = '' OR reference = {reference:String} OR case_reference = {reference:String})
ORDER BY recorded_at DESC
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
