-- How many records has each authority in each week at each place, of those that count? Part of consumers.query.bursts.
-- Keys: type, country, authority, place's country, subdivision, crossing. Weeks begin on Monday, counted from 1 January 1900, by the local
-- time of the place: UTC-4 in Bolivia, else UTC-5. A date without time keeps its day, whatever zone it was written in.
SELECT
    keys[1] AS type, concat(keys[2], '/', keys[3]) AS authority, place.1 AS dimension, place.2 AS code,
    sumMap([week], [toUInt64(1)]) AS weeks, arraySort(groupUniqArray(label_id)) AS labels
FROM (
    SELECT
        keys, label_id, arrayJoin([('subdivision', keys[5]), ('crossing', keys[6])]) AS place,
        intDiv(dateDiff('day', toDateTime64('1900-01-01 00:00:00', 3, 'UTC'),
            assumeNotNull(moment) - toIntervalHour(multiIf(occurred_precision = 'day', 0, keys[4] = 'BO', 4, 5))), 7)::Int32 AS week
    FROM (<counted>)
    WHERE line = 0 AND isNotNull(moment) AND occurred_precision NOT IN ('year', 'month', 'unknown'))
WHERE place.2 != '' AND has({dimensions:Array(String)}, place.1)
GROUP BY type, authority, dimension, code
ORDER BY type, dimension, code, authority
