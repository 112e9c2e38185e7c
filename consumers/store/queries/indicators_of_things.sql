-- Which indicators hang on these things? `ids`: UUIDs as text.
SELECT DISTINCT UUIDNumToString(indicator) FROM evidence
WHERE thing IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
ORDER BY 1
SETTINGS prefer_column_name_to_alias = 1
