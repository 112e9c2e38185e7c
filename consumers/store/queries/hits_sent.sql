-- Who was told of these indicators, and what? `ids`: UUIDs as text.
SELECT UUIDNumToString(indicator) AS indicator, country, authority, exercise, lower(hex(content)) AS content
FROM hits FINAL
PREWHERE indicator IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
SETTINGS prefer_column_name_to_alias = 1
