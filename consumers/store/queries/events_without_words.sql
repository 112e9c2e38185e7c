-- Are there events with content, and no words of any? So a release without the table `record_words` left them.
SELECT 1 FROM events
WHERE (SELECT count() FROM (SELECT 1 FROM record_words LIMIT 1)) = 0 AND erased = 0
  AND type NOT IN ('retraction', 'erasure', 'heartbeat') AND length(payload) > 2
LIMIT 1
