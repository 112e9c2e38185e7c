-- A rejected extension extends nothing; one that is not answered yet counts from its sealing.
SELECT extensions.target, until, COALESCE(recorded_at, since)
FROM extensions
JOIN items ON items.id = extensions.statement
JOIN bundles USING (cord, sequence)
WHERE COALESCE(items.verdict, '') NOT IN ('rejected', 'abandoned')
