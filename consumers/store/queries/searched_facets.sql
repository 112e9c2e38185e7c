-- How many records with these words are of each type, country and month? A copy of a row counts once. They are those of
-- matched_records.sql.
SELECT
    multiIf(grouping(type) = 0, 'type', grouping(country) = 0, 'country', 'month') AS facet,
    multiIf(facet = 'type', type, facet = 'country', country, toString(month)) AS value,
    uniqExact(event_id) AS records
FROM (<matched>)
GROUP BY GROUPING SETS ((type), (country), (month))
