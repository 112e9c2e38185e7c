-- Of which indicators is it not known what was told last? Not of computed findings (queries/hits_computed.sql).
SELECT DISTINCT UUIDNumToString(indicator) AS indicator
FROM hits FINAL
WHERE content = toFixedString('', 16) AND bitShiftRight(reinterpretAsUInt8(substring(indicator, 7, 1)), 4) != 8
ORDER BY indicator
SETTINGS prefer_column_name_to_alias = 1
