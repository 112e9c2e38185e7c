-- Evidence of erased events leaves the table's files. `pairs`: indicator and event, in hexadecimal.
ALTER TABLE evidence DELETE
WHERE toFixedString(concat(indicator, event_id), 32) IN (SELECT arrayJoin(arrayMap(x -> toFixedString(unhex(x), 32), {pairs:Array(String)})))
SETTINGS mutations_sync = 1
