-- Which computed findings did each authority receive, and what? Their ids are UUIDs of version 8, those of indicators of version 5.
SELECT UUIDNumToString(indicator) AS indicator, country, authority, exercise, lower(hex(content)) AS content
FROM hits FINAL
WHERE bitShiftRight(reinterpretAsUInt8(substring(indicator, 7, 1)), 4) = 8
SETTINGS prefer_column_name_to_alias = 1
