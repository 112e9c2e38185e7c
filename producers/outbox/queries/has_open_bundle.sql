SELECT 1 FROM bundles
WHERE cord = ? AND sequence >= ? AND sequence < ? AND state IN ('sealed', 'sent')
LIMIT 1
