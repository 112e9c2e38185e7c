-- Which indicators have evidence, newest first? Whether one holds, and for whom, is decided by the fold of its rows.
SELECT UUIDNumToString(indicator) AS id, toUnixTimestamp64Milli(max(recorded_at)) AS newest
FROM evidence
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({rule:String} = '' OR rule = {rule:String})
  AND ({grade:String} = '' OR grade = {grade:String})
GROUP BY indicator
ORDER BY newest DESC, indicator
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
SETTINGS prefer_column_name_to_alias = 1
