-- The links of erased events leave the table's files, from both ends. `ids`: in hexadecimal.
ALTER TABLE links DELETE
WHERE event_id IN (SELECT arrayJoin(arrayMap(x -> unhex(x), {ids:Array(String)})))
    OR other_event IN (SELECT arrayJoin(arrayMap(x -> unhex(x), {ids:Array(String)})))
SETTINGS mutations_sync = 1
