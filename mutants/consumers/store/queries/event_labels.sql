-- Which labels do the versions of these events bear, today? `ids`: 32 hexadecimal digits each.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes, topic, partition, offset, item,
    country, authority, recipients, tlp, handling, condition, purpose, exercise
FROM events FINAL
PREWHERE id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
ORDER BY id, topic, partition, offset, item
SETTINGS prefer_column_name_to_alias = 1
