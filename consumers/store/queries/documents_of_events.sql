-- Which other events of released labels name a document that one of these events names, or once named? At most `most` events of each document;
-- what more events name is no person's. `ids`: UUIDs as text.
SELECT arraySort(groupUniqArray({most:UInt64})(UUIDNumToString(event_id))) AS events
FROM observations
WHERE kind = 'document' AND op = 'add' AND certainty = 'certain'
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
  AND thing IN (
    SELECT thing FROM observations
    WHERE kind = 'document' AND event_id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)}))))
GROUP BY thing
HAVING uniqExact(event_id) BETWEEN 2 AND {most:UInt64}
ORDER BY events
SETTINGS prefer_column_name_to_alias = 1
