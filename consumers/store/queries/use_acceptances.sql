-- By which records did an authority accept the conditions of use of events with these labels? `labels`: their ids.
SELECT DISTINCT UUIDNumToString(id) AS event
FROM events
PREWHERE type = 'acknowledgement'
WHERE country = {country:String} AND authority = {authority:String}
  AND JSONExtractString(payload, 'act') = 'CONDITIONS_ACCEPTED'
  AND about IN (SELECT UUIDNumToString(id) FROM events WHERE label_id IN (SELECT arrayJoin({labels:Array(UInt64)})))
SETTINGS prefer_column_name_to_alias = 1
