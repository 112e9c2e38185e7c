-- How much money, in US dollars, is in each group? As totals.sql, with the parts that are converted: an amount for each currency and day.
-- The day is that of what happened, else that of the report. Where a currency has a rate for the day, its money is in the group of the
-- dollar, else in that of its own currency. `rated_currencies`, `rated_since`: the first day of each currency's rates, and of the dollar.
SELECT
    <group_keys> AS keys, period, currency_of,
    uniqExactMerge(records_of) AS records,
    groupArray((part_currency, day, part)) AS parts,
    uniqExactMerge(no_amount_of) AS without_amount,
    uniqExactMerge(no_unit_of) AS without_unit,
    uniqExactMerge(no_code_of) AS without_code,
    arraySort(groupUniqArrayArray(part_labels)) AS labels
FROM (
    SELECT
        group, period, toString(currency) AS part_currency, toDate32(ifNull(occurred, reported_at), 'UTC') AS day,
        if(toString(day) >= transform(part_currency, {rated_currencies:Array(String)}, {rated_since:Array(String)}, '9999'), 'USD', part_currency)
            AS currency_of,
        sumIf(amount, usable IN ('', 'no_code')) AS part,
        uniqExactState(event_id) AS records_of,
        uniqExactStateIf(event_id, usable = 'no_amount') AS no_amount_of,
        uniqExactStateIf(event_id, usable = 'no_unit') AS no_unit_of,
        uniqExactStateIf(event_id, usable = 'no_code') AS no_code_of,
        groupUniqArray(label_id) AS part_labels
    FROM (<counted>)
    WHERE measure = 'money' OR (line > 0 AND usable IN ('no_amount', 'no_unit'))
    GROUP BY group, period, part_currency, day)
GROUP BY group, period, currency_of
ORDER BY period, keys, currency_of
