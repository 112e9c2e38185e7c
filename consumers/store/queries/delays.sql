-- How long did it take, in each group, in ms: how many records, how many with a second date before the first, the spread, the longest?
-- Records count whose dates say the day.
SELECT
    <group_keys> AS keys, period, count() AS records, countIf(took < 0) AS negative,
    quantilesExact(0.1, 0.25, 0.5, 0.75, 0.9)(took) AS spread, max(took) AS longest,
    arraySort(groupUniqArray(label_id)) AS labels
FROM (
    SELECT
        group, period, label_id,
        assumeNotNull(toUnixTimestamp64Milli(multiIf({delay:String} = 'reported_to_recorded', recorded_at, {delay:String} = 'occurred_to_reported', reported_at, recorded_at))
            - toUnixTimestamp64Milli(if({delay:String} = 'reported_to_recorded', reported_at, occurred))) AS took
    FROM (<counted>)
    WHERE line = 0 AND ({delay:String} = 'reported_to_recorded' OR (occurred IS NOT NULL AND occurred_precision NOT IN ('year', 'month', 'unknown'))))
GROUP BY group, period
ORDER BY period, keys
