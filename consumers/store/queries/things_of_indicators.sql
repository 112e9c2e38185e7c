-- On which thing is each of these indicators? `ids`: UUIDs as text.
SELECT DISTINCT UUIDNumToString(indicator) AS id, UUIDNumToString(thing) AS thing
FROM evidence
PREWHERE indicator IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
