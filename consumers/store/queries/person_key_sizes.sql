-- How many rows has each of these keys of persons, as far as they are released? A key without rows is not named.
SELECT key, count() AS size
FROM person_keys
WHERE key IN (SELECT arrayJoin({keys:Array(UInt64)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
GROUP BY key
ORDER BY size, key
SETTINGS prefer_column_name_to_alias = 1
