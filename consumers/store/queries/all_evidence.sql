-- All evidence of these indicators, live or not. `ids`: UUIDs as text.
SELECT
    op, UUIDNumToString(indicator) AS indicator, rule, rule_version, grade, kind, UUIDNumToString(thing) AS thing,
    UUIDNumToString(event_id) AS event_id, role, certainty, weights, toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition,
    offset, item, type, country, label, toUnixTimestamp64Milli(occurred) AS occurred, subdivision, traits, label_id
FROM evidence
PREWHERE indicator IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
ORDER BY indicator
SETTINGS prefer_column_name_to_alias = 1
