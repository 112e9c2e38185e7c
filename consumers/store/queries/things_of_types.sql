-- Which things of these kinds do several records of these types and of released labels name, those with the newest record first?
SELECT UUIDNumToString(thing) AS thing
FROM observations
WHERE has({kinds:Array(String)}, kind) AND op = 'add' AND type IN (SELECT arrayJoin({types:Array(String)}))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
GROUP BY observations.thing
HAVING uniqExact(event_id) > 1 AND uniqExact(country) > 1
ORDER BY max(recorded_at) DESC, observations.thing
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
