-- Which indicators hang on these things? `ids`: 32 hexadecimal digits each.
SELECT DISTINCT UUIDNumToString(indicator) FROM evidence
WHERE thing IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
ORDER BY 1
SETTINGS prefer_column_name_to_alias = 1
