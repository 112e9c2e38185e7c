-- A version of the item that has no verdict yet.
SELECT 1 FROM items JOIN bundles USING (cord, sequence)
WHERE id = ? AND verdict IS NULL AND state <> 'refused'
LIMIT 1
