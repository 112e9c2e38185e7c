-- The links of these events that hold up to a moment: of each pair of persons the newest row where it is an add. A pair that met in several
-- places gives one row. Both ends bear a released label. `ids`: UUIDs as text; `most`: links of one event.
SELECT
    UUIDNumToString(event_id) AS event_id, person, UUIDNumToString(other_event) AS other_event, other_person, kind, probability, features,
    cannot_be_same, model, type, other_type, country, other_country, label, other_label,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item
FROM (
    SELECT * FROM (
        SELECT *, label_id, other_label_id
        FROM links FINAL
        PREWHERE event_id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
        WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
        ORDER BY event_id, person, other_event, other_person, place, recorded_at DESC, topic DESC, partition DESC, offset DESC, item DESC
        LIMIT 1 BY event_id, person, other_event, other_person, place
    )
    WHERE op = 'add' AND (
        {all_labels:UInt8} = 1
        OR (label_id IN (SELECT arrayJoin({labels:Array(UInt64)})) AND other_label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
    )
    ORDER BY event_id, probability DESC, other_event, person, other_person, place
    LIMIT 1 BY event_id, person, other_event, other_person
)
ORDER BY event_id, probability DESC, other_event, person, other_person
LIMIT {most:UInt64} BY event_id
SETTINGS prefer_column_name_to_alias = 1
