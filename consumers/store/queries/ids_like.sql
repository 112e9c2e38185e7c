-- Which indicators, events and things begin, or end, with these hexadecimal digits, by a row whose label is released to the reader?
-- Events of one node all begin with its tag (8 digits), so of these the first digits count only beyond the tag.
SELECT 'indicator' AS what, UUIDNumToString(indicator) AS id
FROM evidence
WHERE (startsWith(lower(hex(indicator)), {digits:String}) OR endsWith(lower(hex(indicator)), {digits:String}))
  AND ({all_evidence_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({evidence_labels:Array(UInt64)})))
GROUP BY indicator
UNION ALL
SELECT 'event', UUIDNumToString(id)
FROM events
WHERE ((length({digits:String}) > 8 AND startsWith(lower(hex(id)), {digits:String})) OR endsWith(lower(hex(id)), {digits:String}))
  AND ({all_events_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({events_labels:Array(UInt64)})))
GROUP BY id
UNION ALL
SELECT 'thing', UUIDNumToString(thing)
FROM observations
WHERE (startsWith(lower(hex(thing)), {digits:String}) OR endsWith(lower(hex(thing)), {digits:String}))
  AND ({all_observations_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({observations_labels:Array(UInt64)})))
GROUP BY thing
