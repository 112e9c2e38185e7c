-- Which events have records of a kind that may be one, surely enough, the newest links first? A link that was withdrawn meanwhile is among them:
-- what joins is decided on the records themselves. Both ends bear a released label.
SELECT UUIDNumToString(event_id) AS event, UUIDNumToString(other_event) AS other, toUnixTimestamp64Milli(max(recorded_at)) AS newest
FROM links
WHERE op = 'add' AND gone = 0 AND kind = {kind:String} AND probability >= {least:Float64} AND event_id < other_event
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR (label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
    AND other_label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))))
GROUP BY event_id, other_event
ORDER BY newest DESC, event, other
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
