-- Which events have records of a kind that may be one with those of these events, surely enough? As queries/strong_links.sql, whatever came of
-- the link since. `ids`: UUIDs as text.
SELECT UUIDNumToString(event_id) AS event, UUIDNumToString(other_event) AS other
FROM links
PREWHERE event_id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
WHERE op = 'add' AND gone = 0 AND kind = {kind:String} AND probability >= {least:Float64}
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR (label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
    AND other_label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))))
GROUP BY event_id, other_event
ORDER BY event, other
SETTINGS prefer_column_name_to_alias = 1
