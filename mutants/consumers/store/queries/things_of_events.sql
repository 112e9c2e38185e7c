-- On which things do these events hang, as of a moment? What was withdrawn does not count. `ids`: 32 hexadecimal digits each.
SELECT lower(hex(event_id)), lower(hex(thing)), any(kind)
FROM observations
WHERE event_id IN (SELECT toFixedString(unhex(arrayJoin({ids:Array(String)})), 16)) AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
GROUP BY event_id, thing
HAVING argMax(op, (recorded_at, topic, partition, offset, item)) = 'add'
ORDER BY 1, 2
SETTINGS prefer_column_name_to_alias = 1
