-- How much, or how many records, in each group? `measure`: of the lines that are added; what has no usable amount may be of any measure.
-- `records`: records are counted, each once in a group: by every line that has all keys of the payload.
-- `labels`: those of the records in the group, for its markings; a record has one label, so what each reader sees adds up exactly.
SELECT
    <group_keys> AS keys, period, if({measure:String} = 'records', '', toString(currency)) AS currency_of,
    uniqExact(event_id) AS records,
    sumIf(amount, usable IN ('', 'no_code')) AS total,
    uniqExactIf(event_id, usable = 'no_amount') AS without_amount,
    uniqExactIf(event_id, usable = 'no_unit') AS without_unit,
    uniqExactIf(event_id, usable = 'no_code') AS without_code,
    arraySort(groupUniqArray(label_id)) AS labels
FROM (<counted>)
WHERE if({measure:String} != 'records', measure = {measure:String} OR (line > 0 AND usable IN ('no_amount', 'no_unit')), NOT has(payload_keys, ''))
GROUP BY group, period, currency_of
ORDER BY period, keys, currency_of
