-- All evidence of these indicators up to a moment, in the order of the log. `ids`: 32 hexadecimal digits each.
SELECT
    op, lower(hex(indicator)) AS indicator, rule, rule_version, grade, kind, lower(hex(thing)) AS thing, lower(hex(event_id)) AS event_id, role,
    certainty, weights, toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item, type, country, label,
    toUnixTimestamp64Milli(occurred) AS occurred, subdivision, traits
FROM evidence FINAL
PREWHERE indicator IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16))
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY indicator, recorded_at, topic, partition, offset, item, event_id, role, op
SETTINGS prefer_column_name_to_alias = 1
