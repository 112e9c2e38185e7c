-- What was counted of erased events leaves the table's files.
ALTER TABLE facts DELETE WHERE event_id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
