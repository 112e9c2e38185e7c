-- Which indicators, events and things begin, or end, with these hexadecimal digits? Two of a kind are enough to know that it is not unique.
-- Events of one node all begin alike (with its tag), so they are shown by their last digits.
SELECT 'indicator' AS what, UUIDNumToString(indicator) AS id
FROM evidence WHERE startsWith(lower(hex(indicator)), {digits:String}) OR endsWith(lower(hex(indicator)), {digits:String}) GROUP BY indicator LIMIT 2
UNION ALL
SELECT 'event', UUIDNumToString(id)
FROM events WHERE startsWith(lower(hex(id)), {digits:String}) OR endsWith(lower(hex(id)), {digits:String}) GROUP BY id LIMIT 2
UNION ALL
SELECT 'thing', UUIDNumToString(thing)
FROM observations WHERE startsWith(lower(hex(thing)), {digits:String}) OR endsWith(lower(hex(thing)), {digits:String}) GROUP BY thing LIMIT 2
