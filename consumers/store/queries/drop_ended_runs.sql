-- Forget the runs whose pairs are removed.
ALTER TABLE ended_runs DELETE WHERE at < toDateTime({before:UInt32}) SETTINGS mutations_sync = 1
