-- The links of erased events leave the table's files, from both ends. `ids`: in hexadecimal.
ALTER TABLE links DELETE
WHERE event_id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
    OR other_event IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
