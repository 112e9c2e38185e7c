-- Which events may be due for review by a day, the oldest first? Those whose first version is old enough, or whose owner stated a day.
-- Which version counts, and what was extended, is decided afterwards.
SELECT UUIDNumToString(id) AS event
FROM events
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND type NOT IN (SELECT arrayJoin({without:Array(String)}))
  AND erased = 0
  AND ({country:String} = '' OR country = {country:String})
  AND ({node:String} = '' OR node = {node:String})
  AND (recorded_at < fromUnixTimestamp64Milli({appended_before:Int64}, 'UTC') OR ifNull(review_date, '9999') <= {stated_by:String})
GROUP BY id
ORDER BY min(recorded_at), id
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
