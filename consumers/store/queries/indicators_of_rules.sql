-- Which indicators of these rules and grade have evidence? In the order of the table.
SELECT UUIDNumToString(indicator) AS id
FROM evidence
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND has({rules:Array(String)}, rule)
  AND ({grade:String} = '' OR grade = {grade:String})
GROUP BY indicator
ORDER BY indicator
SETTINGS prefer_column_name_to_alias = 1
