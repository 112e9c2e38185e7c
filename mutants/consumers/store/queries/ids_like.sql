-- Which indicators, events and things begin, or end, with these hexadecimal digits? Whether a reader may know of one is decided afterwards.
-- Events of one node all begin with its tag (8 digits), so of these the first digits count only beyond the tag.
SELECT 'indicator' AS what, UUIDNumToString(indicator) AS id
FROM evidence WHERE startsWith(lower(hex(indicator)), {digits:String}) OR endsWith(lower(hex(indicator)), {digits:String}) GROUP BY indicator
UNION ALL
SELECT 'event', UUIDNumToString(id)
FROM events
WHERE (length({digits:String}) > 8 AND startsWith(lower(hex(id)), {digits:String})) OR endsWith(lower(hex(id)), {digits:String}) GROUP BY id
UNION ALL
SELECT 'thing', UUIDNumToString(thing)
FROM observations WHERE startsWith(lower(hex(thing)), {digits:String}) OR endsWith(lower(hex(thing)), {digits:String}) GROUP BY thing
