-- Which events have persons that may be one with those of these events, surely enough to join? A link that was withdrawn meanwhile is among
-- them. Both ends bear a released label. At most `most` of each event, the newest.
SELECT
    UUIDNumToString(event_id) AS event, UUIDNumToString(other_event) AS other,
    any(type) AS event_type, any(country) AS event_country, any(other_type) AS other_event_type, any(other_country) AS other_event_country,
    toUnixTimestamp64Milli(max(recorded_at)) AS newest,
    lower(concat(substring(hex(least(event_id, other_event)), 1, 20), substring(hex(greatest(event_id, other_event)), 1, 20))) AS id,
    max(probability) AS surest
FROM links
PREWHERE event_id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)})))
WHERE op = 'add' AND gone = 0 AND kind = 'person' AND probability >= {least:Float64}
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({all_labels:UInt8} = 1 OR (label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
    AND other_label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))))
GROUP BY event_id, other_event
ORDER BY event, newest DESC, other
LIMIT {most:UInt64} BY event
SETTINGS prefer_column_name_to_alias = 1
