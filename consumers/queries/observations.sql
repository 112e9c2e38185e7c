-- What was said about this thing up to a moment, in the order of the log. `id`: 32 hexadecimal digits.
SELECT
    op, kind, lower(hex(thing)) AS thing, lower(hex(event_id)) AS event_id, certainty, type, country, label,
    toUnixTimestamp64Milli(occurred) AS occurred, subdivision, traits,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item
FROM observations FINAL
PREWHERE thing = toFixedString(unhex({id:String}), 16)
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY recorded_at, topic, partition, offset, item, event_id, op
SETTINGS prefer_column_name_to_alias = 1
