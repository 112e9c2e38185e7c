-- Which records does a figure count, after a place in their order? A row a record. `before`, `after_event`: the rank and the id of the one
-- after which the list continues.
SELECT UUIDNumToString(event_id) AS event, max(rank) AS place
FROM (<lines>)
WHERE rank <= {before:Int64}
GROUP BY event_id
HAVING place < {before:Int64} OR event > {after_event:String}
ORDER BY place DESC, event
LIMIT {limit:UInt64}
