-- What erased events gave to evidence leaves the table's files, though the row that erases it was missed. `ids`: in hexadecimal.
ALTER TABLE evidence DELETE
WHERE event_id IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
