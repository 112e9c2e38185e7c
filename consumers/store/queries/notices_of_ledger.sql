-- What was each person told by a notice? A row a person and indicator: `known`: ms since 1970 UTC of the newest hit told of, -1 where none; `ended`: whether
-- its end was told last.
SELECT person, UUIDNumToString(indicator) AS id, max(if(is_end, -1, moment)) AS known, argMax(is_end, (recorded_at, is_end)) AS ended
FROM (
    SELECT person, recorded_at, has(questions, 'notice ended') AS is_end, shown.1 AS indicator, toUnixTimestamp64Milli(shown.2) AS moment
    FROM disclosures ARRAY JOIN arrayConcat(arrayZip(indicators, indicators_recorded), arrayZip(events, events_recorded)) AS shown
    WHERE through = 'notice' AND recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC'))
GROUP BY person, indicator
ORDER BY person, id
