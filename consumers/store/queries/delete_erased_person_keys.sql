-- Under which keys the persons of erased events were looked for leaves the table's files.
ALTER TABLE person_keys DELETE WHERE event_id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
