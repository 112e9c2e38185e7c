SELECT line, verdict, items.code, field, id, bundles.code
FROM items JOIN bundles USING (cord, sequence)
WHERE cord = ? AND sequence >= ? AND sequence < ? AND (verdict IS NOT 'accepted' OR items.code != '')
ORDER BY number
