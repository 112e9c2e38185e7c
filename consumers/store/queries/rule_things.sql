-- Which things do enough records of these types and of released labels name, those with the newest record first? Of each label at most `most`
-- records, by id: one more than a hub, so who floods a thing is seen to, and pushes nobody out.
SELECT arraySort(arrayDistinct(arrayFlatten(groupArray(some)))) AS events, max(newest_of_label) AS newest
FROM (
    SELECT thing, arraySlice(arraySort(groupUniqArray(UUIDNumToString(event_id))), 1, {most:Int64}) AS some, max(recorded_at) AS newest_of_label
    FROM observations
    WHERE kind = {kind:String} AND op = 'add' AND type IN (SELECT arrayJoin({types:Array(String)}))
      AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
      AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
    GROUP BY thing, label_id)
GROUP BY thing
HAVING length(events) >= {fewest:UInt64}
ORDER BY newest DESC, events
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
