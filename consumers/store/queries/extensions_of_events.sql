-- Which extensions of these events were there up to a moment? `ids`: UUIDs as text. Intake made sure that each is of the event's owner.
SELECT JSONExtractString(payload, 'target') AS target, JSONExtractString(payload, 'review_date') AS until, toUnixTimestamp64Milli(min(recorded_at)) AS extended_at
FROM events
WHERE type = 'retention_extension'
  AND erased = 0
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND JSONExtractString(payload, 'target') IN (SELECT arrayJoin({ids:Array(String)}))
GROUP BY target, until, id
ORDER BY extended_at, target, until
SETTINGS prefer_column_name_to_alias = 0
