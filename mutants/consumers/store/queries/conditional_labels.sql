-- Which labels with a condition of their owner (H3) do events bear that were neither retracted nor erased?
SELECT DISTINCT country, authority, recipients, tlp, handling, condition, purpose, exercise
FROM events
WHERE has(handling, 'H3') AND id NOT IN (SELECT assumeNotNull(target) FROM events WHERE type IN ('retraction', 'erasure') AND target IS NOT NULL)
ORDER BY ALL
