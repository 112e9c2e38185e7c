SELECT bundle, item FROM items JOIN contents USING (cord, sequence)
WHERE id = ?
ORDER BY number DESC
LIMIT 1
