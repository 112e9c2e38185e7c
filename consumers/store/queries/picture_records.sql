-- How many incidents are there by keys and by span of time? A part of the risk picture. The last key is a record's status. `bounds`: ends and
-- begins of spans, newest first, ms since 1970 UTC; span 0 is the newest, and the last one has all that is older. A record without a date is in
-- the span of its report, and is told apart. A record has one line 0 and one label, so parts add up.
SELECT
    keys, is_dated, count - 1 AS span,
    uniqExact(event_id) AS records,
    arraySort(groupUniqArray(label_id)) AS labels
FROM (
    SELECT
        event_id, label_id, keys, moment IS NOT NULL AS is_dated,
        arrayCount(bound -> toUnixTimestamp64Milli(ifNull(moment, reported_at)) < bound, {bounds:Array(Int64)}) AS count
    FROM (<counted>)
    WHERE line = 0 AND keys[1] != '' AND NOT has({no_statuses:Array(String)}, keys[-1])
)
WHERE count > 0
GROUP BY keys, is_dated, span
