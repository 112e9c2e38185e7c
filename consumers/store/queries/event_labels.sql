-- Which labels do the versions of these events bear, today? `ids`: UUIDs as text.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes, topic, partition, offset, item,
    country, authority, recipients, tlp, handling, condition, purpose, exercise
FROM events FINAL
PREWHERE id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
ORDER BY id, topic, partition, offset, item
SETTINGS prefer_column_name_to_alias = 1
