SELECT
    items.id,
    version,
    type,
    verdict,
    items.code,
    field,
    files.name,
    line,
    cord,
    sequence,
    item,
    sealed_at,
    recorded_at,
    told,
    bundles.code
FROM items JOIN bundles USING (cord, sequence) LEFT JOIN files USING (file)
WHERE told > ? AND verdict = ?
ORDER BY told
LIMIT ?
