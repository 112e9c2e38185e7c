-- Neither accepted without a notice nor duplicate, nor merely unanswered yet.
SELECT line, verdict, items.code, field, id, bundles.code
FROM items JOIN bundles USING (cord, sequence)
WHERE cord = ? AND sequence >= ? AND sequence < ? AND (
    verdict IN ('pending', 'rejected', 'abandoned')
    OR (verdict = 'accepted' AND items.code != '')
    OR (verdict IS NULL AND bundles.code NOT IN ('', 'GAP'))
)
ORDER BY number
