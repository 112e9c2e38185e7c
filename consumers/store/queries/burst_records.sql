-- Which records make up these bursts? `bursts`: dimension and code of each place, its first and its last week; keys, places and weeks as in
-- queries/burst_counts.sql; the last key is the theme.
SELECT
    UUIDNumToString(event_id) AS event, keys[1] AS type, keys[2] AS country, keys[3] AS authority, keys[7] AS theme, place.1 AS dimension, place.2 AS code,
    week, moment, toUnixTimestamp64Milli(recorded_at) AS recorded_at, label_id
FROM (
    SELECT
        event_id, keys, recorded_at, label_id, moment, arrayJoin([('subdivision', keys[5]), ('crossing', keys[6])]) AS place,
        intDiv(dateDiff('day', toDateTime64('1900-01-01 00:00:00', 3, 'UTC'),
            assumeNotNull(moment) - toIntervalHour(multiIf(occurred_precision = 'day', 0, keys[4] = 'BO', 4, 5))), 7)::Int32 AS week
    FROM (<counted>)
    WHERE line = 0 AND isNotNull(moment) AND occurred_precision NOT IN ('year', 'month', 'unknown'))
WHERE arrayExists((dimension, code, first, last) -> place.1 = dimension AND place.2 = code AND week BETWEEN first AND last,
    {burst_dimensions:Array(String)}, {burst_codes:Array(String)}, {burst_firsts:Array(Int32)}, {burst_lasts:Array(Int32)})
ORDER BY week, recorded_at, event
