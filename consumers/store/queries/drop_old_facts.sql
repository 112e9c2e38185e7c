-- Remove copies of facts that hold no more. What a question may still be reading stays for a while. `runs`: those that hold.
ALTER TABLE lasting_facts DELETE
WHERE copied_at < now() - {older_s:UInt32} AND run NOT IN (SELECT arrayJoin({runs:Array(UInt64)}))
SETTINGS mutations_sync = 1
