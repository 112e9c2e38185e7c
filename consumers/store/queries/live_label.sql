-- Does any event bear this label that was neither retracted nor erased? Read until the first one.
SELECT 1
FROM events
WHERE label_id = {label:UInt64}
  AND id NOT IN (SELECT event_id FROM replaced WHERE act IN ('retraction', 'erasure'))
LIMIT 1
