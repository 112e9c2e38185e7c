-- Remove sums that hold no more. What a question may still be reading stays for a while. `types`, `months`, `runs`: those that hold.
ALTER TABLE month_sums DELETE
WHERE computed_at < now() - {older_s:UInt32}
  AND (toString(type), month, run) NOT IN (
        SELECT part.1, part.2, part.3
        FROM (SELECT arrayJoin(arrayZip({types:Array(String)}, {months:Array(UInt32)}, {runs:Array(UInt64)})) AS part))
SETTINGS mutations_sync = 1
