-- Which documents do several events of released labels name, those with the newest record first, from a place in the list on? At most `most`
-- events of each. One of them is of `country`, where that is not empty.
SELECT
    arraySort(groupUniqArray({most:UInt64})(UUIDNumToString(event_id))) AS events, toUnixTimestamp64Milli(max(recorded_at)) AS newest,
    lower(hex(sipHash128(thing))) AS id
FROM observations
WHERE kind = 'document' AND op = 'add' AND certainty = 'certain'
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
GROUP BY thing
HAVING uniqExact(event_id) BETWEEN 2 AND {most:UInt64} AND ({country:String} = '' OR countIf(country = {country:String}) > 0)
   AND (newest < {before:Int64} OR (newest = {before:Int64} AND id > {before_id:String}))
ORDER BY newest DESC, id
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
