-- The words of erased events leave the table's files, and their index.
ALTER TABLE record_words DELETE WHERE event_id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
