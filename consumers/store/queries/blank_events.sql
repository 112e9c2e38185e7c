-- The rows of erased events, once more and without content: `erased` is the version by which they win over the others.
INSERT INTO events SELECT * REPLACE ('' AS payload, 1 AS erased)
FROM (SELECT * FROM events WHERE erased = 0 AND id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)}))))
