-- How complete and how late are the records of each authority: dates exact to the day, departments, amounts; ms from the report to the log?
SELECT
    <group_keys> AS keys, countIf(line = 0) AS records,
    countIf(line = 0 AND is_correction) AS corrected,
    countIf(line = 0 AND occurred IS NOT NULL AND occurred_precision NOT IN ('year', 'month', 'unknown')) AS with_date,
    countIf(line = 0 AND subdivision != '') AS with_place,
    countIf(line > 0) AS measured, countIf(line > 0 AND usable IN ('', 'no_code')) AS usable_lines, countIf(line > 0 AND usable = '') AS coded,
    quantilesExactIf(0.5, 0.9)(toUnixTimestamp64Milli(recorded_at) - toUnixTimestamp64Milli(reported_at), line = 0) AS spread,
    arraySort(groupUniqArray(label_id)) AS labels
FROM (<counted>)
GROUP BY group
ORDER BY keys
