-- Are there events with content, and no facts at all? So a release without the table `facts` left it.
SELECT 1 FROM events
WHERE erased = 0 AND type NOT IN ('retraction', 'erasure', 'heartbeat', 'retention_extension') AND (SELECT count() FROM (SELECT 1 FROM facts LIMIT 1)) = 0
LIMIT 1
