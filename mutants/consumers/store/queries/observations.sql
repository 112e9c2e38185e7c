-- What was said about these things up to a moment, each in the order of the log. `ids`: 32 hexadecimal digits each.
SELECT
    op, kind, lower(hex(thing)) AS thing, lower(hex(event_id)) AS event_id, certainty, type, country, label,
    toUnixTimestamp64Milli(occurred) AS occurred, subdivision, traits,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item
FROM observations FINAL
PREWHERE thing IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY thing, recorded_at, topic, partition, offset, item, event_id, op
SETTINGS prefer_column_name_to_alias = 1
