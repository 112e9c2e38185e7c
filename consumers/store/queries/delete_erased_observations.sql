-- What erased events said about things leaves the table's files. `pairs`: thing and event, in hexadecimal.
ALTER TABLE observations DELETE
WHERE toFixedString(concat(thing, event_id), 32) IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 32), {pairs:Array(String)})))
SETTINGS mutations_sync = 1
