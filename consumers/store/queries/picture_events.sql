-- Which theme, crossing and date have the records that are evidence of the indicators with evidence of a span? A part of the risk picture.
SELECT UUIDNumToString(event_id) AS event, keys, toUnixTimestamp64Milli(moment) AS at
FROM (<counted>)
WHERE line = 0 AND event_id IN (
    SELECT event_id FROM evidence
    WHERE indicator IN (
        SELECT indicator FROM evidence
        WHERE occurred >= fromUnixTimestamp64Milli({span_since:Int64}, 'UTC') AND occurred < fromUnixTimestamp64Milli({span_until:Int64}, 'UTC')))
