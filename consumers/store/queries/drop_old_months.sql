-- Forget the copies of months that hold no more. `runs`: those that hold.
ALTER TABLE lasting_months DELETE
WHERE copied_at < now() - {older_s:UInt32} AND run NOT IN (SELECT arrayJoin({runs:Array(UInt64)}))
SETTINGS mutations_sync = 1
