-- Which documents do several events of released labels name, those with the newest record first? At most `most` events of each.
SELECT arraySort(groupUniqArray({most:UInt64})(UUIDNumToString(event_id))) AS events, max(recorded_at) AS newest
FROM observations
WHERE kind = 'document' AND op = 'add' AND certainty = 'certain'
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
GROUP BY thing
HAVING uniqExact(event_id) BETWEEN 2 AND {most:UInt64}
ORDER BY newest DESC, events
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
