-- How many bundles are in each state that is not final, and since when the oldest of them waits (ms since 1970 UTC)?
SELECT state, count(*), min(sealed_at) FROM bundles WHERE state IN ('sealed', 'sent', 'refused') GROUP BY state
