-- Which events of these types and of released labels name a thing of this kind that one of these events names, or once named? Of each thing
-- and label at most `most`, by id, as queries/rule_things.sql has them. `ids`: UUIDs as text.
SELECT DISTINCT UUIDNumToString(event_id) AS event
FROM (
    SELECT thing, label_id, event_id
    FROM observations
    WHERE kind = {kind:String} AND op = 'add' AND type IN (SELECT arrayJoin({types:Array(String)}))
      AND recorded_at <= fromUnixTimestamp64Milli({as_of:Int64}, 'UTC')
      AND ({all_labels:UInt8} = 1 OR label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
      AND thing IN (
        SELECT thing FROM observations
        WHERE kind = {kind:String} AND event_id IN (SELECT UUIDStringToNum(arrayJoin({ids:Array(String)}))))
    GROUP BY thing, label_id, event_id
    ORDER BY thing, label_id, UUIDNumToString(event_id)
    LIMIT {most:UInt64} BY thing, label_id)
ORDER BY event
SETTINGS prefer_column_name_to_alias = 1
