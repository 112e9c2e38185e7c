-- Is one of these events of one of these types, or was it? `ids`: UUIDs as text.
SELECT count() > 0 FROM events
PREWHERE id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
WHERE type IN (SELECT arrayJoin({types:Array(String)}))
