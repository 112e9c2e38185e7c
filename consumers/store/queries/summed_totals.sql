-- As totals.sql, of now: sums of the months that are closed, and the facts of the others, which are few; of events whose chain may have a
-- gap, all facts. `<sum_keys>` are those of sums.
-- Months whose lines do not have the dimension `name` at all are in the sums of all lines, with the empty value.
SELECT
    keys, period, currency_of, sum(records_of) AS records, sum(total_of) AS total, sum(no_amount) AS without_amount,
    sum(no_unit) AS without_unit, sum(no_code) AS without_code, arraySort(groupUniqArray(label_id)) AS labels
FROM (
    SELECT
        <sum_keys> AS keys,
        if(is_dated = 0 OR has({coarse:Array(String)}, occurred_precision), NULL, multiIf(
            {period:String} = 'month', intDiv(month, 100) * 12 + month % 100 - 1,
            {period:String} = 'quarter', intDiv(month, 100) * 4 + intDiv(month % 100 - 1, 3),
            {period:String} = 'year', intDiv(month, 100),
            NULL))::Nullable(Int32) AS period,
        toString(currency) AS currency_of, records AS records_of, total AS total_of,
        if({of_record:UInt8} = 1, 0, without_amount) AS no_amount, if({of_record:UInt8} = 1, 0, without_unit) AS no_unit,
        if({of_record:UInt8} = 1, 0, without_code) AS no_code, label_id
    FROM month_sums
    WHERE ((name = {name:String} AND (type, month, run) IN (
                SELECT part.1, part.2, part.3 FROM (
                    SELECT arrayJoin(arrayZip({closed_types:Array(String)}, {closed_months:Array(UInt32)}, {closed_runs:Array(UInt64)})) AS part)))
        OR ({name:String} != '' AND name = '' AND (type, month, run) IN (
                SELECT part.1, part.2, part.3 FROM (
                    SELECT arrayJoin(arrayZip({nameless_types:Array(String)}, {nameless_months:Array(UInt32)}, {nameless_runs:Array(UInt64)})) AS part))))
      AND measure = {measure:String}
      AND ({value:String} = '' OR value = {value:String})
      AND label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
      AND ({type:String} = '' OR type = {type:String})
      AND ({country:String} = '' OR country = {country:String})
      AND ({authority:String} = '' OR authority = {authority:String})
      AND ({crime:String} = '' OR startsWith(crime, {crime:String}))
      AND ({place:String} = '' OR place_country = {place:String} OR subdivision = {place:String})
      AND ({dated:UInt8} = 0 OR (is_dated = 1 AND month >= {first_month:UInt32} AND month < {end_month:UInt32}))
    UNION ALL
    SELECT
        keys, period, if({measure:String} = 'records', '', toString(currency)) AS currency_of,
        uniqExact(event_id), sumIf(amount, usable IN ('', 'no_code')), uniqExactIf(event_id, usable = 'no_amount'),
        uniqExactIf(event_id, usable = 'no_unit'), uniqExactIf(event_id, usable = 'no_code'), label_id
    FROM (SELECT * FROM (<counted>) UNION ALL SELECT * FROM (<gapped>))
    WHERE if({measure:String} != 'records', measure = {measure:String} OR (line > 0 AND usable IN ('no_amount', 'no_unit')), if({of_record:UInt8} = 1, line = 0, NOT has(payload_keys, '')))
    GROUP BY keys, period, currency_of, label_id)
GROUP BY keys, period, currency_of
ORDER BY period, keys, currency_of
