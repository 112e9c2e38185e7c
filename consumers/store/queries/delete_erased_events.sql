-- The rows with content of erased events leave the table's files (the old parts after old_parts_lifetime).
ALTER TABLE events DELETE
WHERE erased = 0 AND id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
