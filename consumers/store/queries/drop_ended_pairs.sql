-- Remove pairs that another run has replaced. What a question may still be reading stays for a while.
ALTER TABLE finding_pairs DELETE
WHERE (indicator, run) IN (SELECT indicator, run FROM ended_runs WHERE at < toDateTime({before:UInt32}))
SETTINGS mutations_sync = 1
