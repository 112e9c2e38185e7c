-- What is live in the evidence of these indicators up to a moment, in the order of the log: the newest row of each event and role where it is
-- an add. `ids`: UUIDs as text; `most`: events of an indicator in one role of one authority: who publishes more crowds the thing, so more of
-- them decide nothing. Where the rows of all labels are read, `most` is of one label: a reader is shown all events of a label or none, so the
-- bound depends on what is released alone.
SELECT * FROM (
    SELECT
        op, UUIDNumToString(indicator) AS indicator, rule, rule_version, grade, kind, UUIDNumToString(thing) AS thing,
        UUIDNumToString(event_id) AS event_id, role, certainty, weights, toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition,
        offset, item, type, country, label, toUnixTimestamp64Milli(occurred) AS occurred, subdivision, traits, label_id
    FROM evidence FINAL
    PREWHERE indicator IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
    WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC') AND op != 'erase'
    ORDER BY indicator, event_id, role, recorded_at DESC, topic DESC, partition DESC, offset DESC, item DESC
    LIMIT 1 BY indicator, event_id, role
)
WHERE op = 'add' AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
ORDER BY indicator, event_id
LIMIT {most:UInt64} BY indicator, role, country, if({all_labels:UInt8} = 1, label, JSONExtractString(label, 'authority'))
SETTINGS prefer_column_name_to_alias = 1
