-- What erased events said about things leaves the table's files. `pairs`: thing and event, in hexadecimal.
ALTER TABLE observations DELETE
WHERE concat(thing, event_id) IN (SELECT arrayJoin(arrayMap(x -> unhex(x), {pairs:Array(String)})))
SETTINGS mutations_sync = 1
