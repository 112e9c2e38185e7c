-- Which events were ever erased?
SELECT DISTINCT hex(assumeNotNull(target)) FROM events WHERE type = 'erasure' AND target IS NOT NULL
