-- The tables of the database asked: live parts (of the fullest partition: ours have one), rows, bytes on disk.
SELECT table, count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes
FROM system.parts
WHERE active AND database = currentDatabase()
GROUP BY table
ORDER BY table
