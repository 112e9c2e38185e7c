-- What was written in erased objects of work leaves the table's files.
ALTER TABLE work_content DELETE WHERE object IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 16), {ids:Array(String)})))
SETTINGS mutations_sync = 1
