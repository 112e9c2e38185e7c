-- Which indicators have evidence that occurred in a span of time? In the order of the table.
SELECT UUIDNumToString(indicator) AS id
FROM evidence
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND occurred >= fromUnixTimestamp64Milli({span_since:Int64}, 'UTC') AND occurred < fromUnixTimestamp64Milli({span_until:Int64}, 'UTC')
GROUP BY indicator
ORDER BY indicator
SETTINGS prefer_column_name_to_alias = 1
