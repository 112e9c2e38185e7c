-- Which events have a version that is released, and are not released as their owner marks them today? Only a question about the past asks.
-- Of erased events, too, whose evidence may be there a moment longer. `ended_*_today`: versions that are not the current one of an event
-- whose chain has a gap (consumers.query.events decides).
SELECT UUIDNumToString(id) AS event
FROM events
WHERE id IN (SELECT event_id FROM replaced WHERE act = 'correction')
GROUP BY id
HAVING countIf(label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))) > 0
   AND countIf(
        label_id NOT IN (SELECT arrayJoin({labels:Array(UInt64)}))
        AND (id, version) NOT IN (SELECT event_id, version FROM replaced WHERE act = 'correction')
        AND (id, version) NOT IN (
            SELECT UUIDStringToNum(pair.1), UUIDStringToNum(pair.2)
            FROM (SELECT arrayJoin(arrayZip({ended_events_today:Array(String)}, {ended_versions_today:Array(String)})) AS pair))) > 0
SETTINGS prefer_column_name_to_alias = 1
