-- Evidence of erased events leaves the table's files. `pairs`: indicator and event, in hexadecimal.
ALTER TABLE evidence DELETE
WHERE concat(indicator, event_id) IN (SELECT arrayJoin(arrayMap(x -> unhex(x), {pairs:Array(String)})))
SETTINGS mutations_sync = 1
