-- Which events with a released label name these as what they are about? `about`: ids of events as text, and `ref:` with references.
SELECT DISTINCT UUIDNumToString(id) AS event
FROM events
PREWHERE about IN (SELECT arrayJoin({about:Array(String)}))
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
SETTINGS prefer_column_name_to_alias = 1
