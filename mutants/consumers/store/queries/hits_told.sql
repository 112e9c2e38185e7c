-- Who was told of these indicators, and what? `ids`: 32 hexadecimal digits each.
SELECT lower(hex(indicator)) AS indicator, country, authority, exercise, lower(hex(content)) AS content
FROM hits FINAL
PREWHERE indicator IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
SETTINGS prefer_column_name_to_alias = 1
