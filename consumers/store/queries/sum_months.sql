-- Add up the facts of these months, and say for which state of each the sums hold. All in one insert, so a head never stands alone.
-- Events whose chain may have a gap are in no sum: every question counts them.
INSERT INTO month_sums
    (name, measure, type, month, run, state, computed_at, names, label_id, country, authority, crime, exercise, place_country, subdivision,
     is_dated, occurred_precision, value, currency, records, total, without_amount, without_unit, without_code)
WITH
    months AS (
        SELECT part.1 AS type, part.2 AS month, part.3 AS state
        FROM (SELECT arrayJoin(arrayZip({types:Array(String)}, {months:Array(UInt32)}, {states:Array(UInt64)})) AS part)),
    named AS (
        SELECT toString(type) AS type, month, groupUniqArrayArray(arrayMap(name -> toString(name), mapKeys(dimensions))) AS names
        FROM facts
        WHERE (type, month) IN (SELECT type, month FROM months)
        GROUP BY type, month),
    counted AS (
        SELECT toString(facts.type) AS type, facts.month AS month, event_id, line, label_id, country, authority, crime, exercise, place_country, subdivision,
            isNotNull(occurred) AS is_dated, occurred_precision, measure AS line_measure, toString(currency) AS line_currency, amount, toString(usable) AS usable,
            dimensions, named.names AS names
        FROM facts FINAL
        INNER JOIN named ON named.type = facts.type AND named.month = facts.month
        WHERE (facts.type, facts.month) IN (SELECT type, month FROM months)
          AND event_id NOT IN (SELECT event_id FROM gapped_events)
          AND (event_id, version) NOT IN (SELECT event_id, version FROM replaced WHERE act = 'correction')
          AND event_id NOT IN (SELECT event_id FROM replaced WHERE act IN ('retraction', 'erasure')))
SELECT
    '' AS name, '' AS measure, months.type AS type, months.month AS month, {run:UInt64} AS run, months.state AS state, now() AS computed_at,
    named.names AS names, toUInt64(0) AS label_id, '' AS country, '' AS authority, '' AS crime, '' AS exercise, '' AS place_country,
    '' AS subdivision, toUInt8(0) AS is_dated, '' AS occurred_precision, '' AS value, '' AS currency, toUInt64(0) AS records,
    toDecimal128(0, 6) AS total, toUInt64(0) AS without_amount, toUInt64(0) AS without_unit, toUInt64(0) AS without_code
FROM months LEFT JOIN named ON named.type = months.type AND named.month = months.month
UNION ALL
SELECT
    toString(name) AS name, summed AS measure, type, month, {run:UInt64} AS run, toUInt64(0) AS state, now() AS computed_at, emptyArrayString() AS names,
    label_id, toString(country), toString(authority), toString(crime), toString(exercise), toString(place_country), toString(subdivision),
    is_dated, toString(occurred_precision), value, if(summed = 'records', '', line_currency) AS currency,
    uniqExact(event_id) AS records, sumIf(amount, usable IN ('', 'no_code')) AS total,
    uniqExactIf(event_id, usable = 'no_amount') AS without_amount, uniqExactIf(event_id, usable = 'no_unit') AS without_unit,
    uniqExactIf(event_id, usable = 'no_code') AS without_code
FROM (
    SELECT
        *, toString(dimensions[name]) AS value,
        arrayJoin(arrayFilter(
            every -> if(every = 'records', if(name = '', line = 0, value != ''), line_measure = every OR (line > 0 AND usable IN ('no_amount', 'no_unit'))),
            ['records', 'mass', 'volume', 'area', 'pieces', 'money'])) AS summed
    FROM (SELECT *, arrayJoin(arrayConcat([''], names)) AS name FROM counted))
GROUP BY
    name, summed, type, month, label_id, country, authority, crime, exercise, place_country, subdivision, is_dated, occurred_precision, value,
    currency
SETTINGS max_threads = 1, max_insert_threads = 1, min_insert_block_size_rows = 100000000, min_insert_block_size_bytes = 0, prefer_column_name_to_alias = 1
