-- Which indicators hang on these things? `ids`: UUIDs as text.
SELECT DISTINCT UUIDNumToString(indicator) FROM evidence
WHERE thing IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
ORDER BY 1
SETTINGS prefer_column_name_to_alias = 1
