-- How many records are in each group, where the keys are the envelope's? As totals.sql: a record has one line 0, so lines are counted.
SELECT
    <group_keys> AS keys, period, '' AS currency_of, count() AS records, toDecimal128(0, 6) AS total, 0 AS without_amount, 0 AS without_unit,
    0 AS without_code, arraySort(groupUniqArray(label_id)) AS labels
FROM (<counted>)
WHERE line = 0
GROUP BY group, period
ORDER BY period, keys
