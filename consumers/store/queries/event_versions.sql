-- What is stored of these events up to a moment: every version, in the order of the log. `ids`: UUIDs as text.
-- Of an event that bears no released label in any version nothing is read; which version counts is decided afterwards.
-- Copies of a row collapse here and not by FINAL, which would look into every part for every id: a row without content wins.
SELECT
    UUIDNumToString(id) AS id, UUIDNumToString(version) AS version, UUIDNumToString(supersedes) AS supersedes,
    correction_reason,
    type, country, authority, node, recipients, tlp, handling, condition, purpose, legal_basis, urgency, justification, crime, case_reference,
    exercise, evaluation_scheme, evaluation_source, evaluation_information,
    toUnixTimestamp64Milli(occurred_from) AS occurred_from, toUnixTimestamp64Milli(occurred_until) AS occurred_until, occurred_precision,
    toUnixTimestamp64Milli(reported_at) AS reported_at, place_country, subdivision, language, review_date,
    toUnixTimestamp64Milli(recorded_at) AS recorded_at, topic, partition, offset, item, cord, sequence,
    UUIDNumToString(target) AS target, payload, erased
FROM events
PREWHERE id IN (
    SELECT id FROM events
    PREWHERE id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
    WHERE {all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
WHERE recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
ORDER BY id, topic, partition, offset, item, recorded_at, erased DESC
LIMIT 1 BY id, topic, partition, offset, item, recorded_at
SETTINGS prefer_column_name_to_alias = 1
