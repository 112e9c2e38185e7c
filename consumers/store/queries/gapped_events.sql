-- Of which events may the chain of versions have a gap?
SELECT DISTINCT lower(hex(event_id)) FROM gapped_events
