-- Of which indicators is it not known what was told last?
SELECT DISTINCT lower(hex(indicator)) AS indicator
FROM hits FINAL
WHERE content = toFixedString('', 16)
ORDER BY indicator
SETTINGS prefer_column_name_to_alias = 1
