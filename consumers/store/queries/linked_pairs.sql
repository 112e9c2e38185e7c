-- Which events have persons that may be one, the newest links first, from a place in the list on? Surely enough to join (`least`), or surely
-- enough to show (`possible`) between two types of events that a rule compares. A link that was withdrawn meanwhile is among them: what joins
-- is decided on the records themselves. Both ends bear a released label; one is of `country`, where that is not empty.
SELECT
    UUIDNumToString(event_id) AS event, UUIDNumToString(other_event) AS other,
    any(type) AS event_type, any(country) AS event_country, any(other_type) AS other_event_type, any(other_country) AS other_event_country,
    toUnixTimestamp64Milli(max(recorded_at)) AS newest,
    lower(concat(substring(hex(event_id), 1, 20), substring(hex(other_event), 1, 20))) AS id,
    max(probability) AS surest
FROM links
WHERE op = 'add' AND gone = 0 AND kind = 'person' AND event_id < other_event
  AND (probability >= {least:Float64}
    OR (probability >= {possible:Float64} AND has({possible_types:Array(String)}, concat(type, '|', other_type))))
  AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
  AND ({country:String} = '' OR country = {country:String} OR other_country = {country:String})
  AND ({all_labels:UInt8} = 1 OR (label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))
    AND other_label_id IN (SELECT arrayJoin({labels:Array(UInt64)}))))
GROUP BY event_id, other_event
HAVING newest < {before:Int64} OR (newest = {before:Int64} AND id > {before_id:String})
ORDER BY newest DESC, id
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
