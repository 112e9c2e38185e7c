-- Pairs of erased events leave the table's files. `ids`: of events, in hexadecimal digits.
ALTER TABLE finding_pairs DELETE
WHERE first_event IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
   OR second_event IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
   OR arrayExists(other -> has({ids:Array(String)}, lower(hex(other.event))), excluders)
SETTINGS mutations_sync = 1
