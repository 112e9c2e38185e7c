-- Forget of which rules all pairs were computed, but of those in effect.
ALTER TABLE paired_rules DELETE WHERE digest NOT IN (SELECT arrayJoin({digests:Array(UInt64)})) SETTINGS mutations_sync = 1
