-- Which words of the newest records begin so? Each with how many of these records have it, and the newest of them. They are
-- those of matched_records.sql, whose words contain the beginning somewhere.
SELECT word, uniqExact(event_id) AS records, UUIDNumToString(argMax(event_id, (recorded_at, event_id))) AS newest
FROM (
    SELECT arrayJoin(arrayFilter(word -> startsWith(word, {begin:String}), splitByChar(' ', words))) AS word, event_id, recorded_at
    FROM (SELECT words, event_id, recorded_at FROM (<matched>) ORDER BY recorded_at DESC, event_id LIMIT {newest:UInt64})
)
GROUP BY word
ORDER BY records DESC, word
LIMIT {limit:UInt64}
