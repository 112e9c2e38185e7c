-- Accepted items that are not erased, whose first version is old enough or whose owner stated a
-- review date.
SELECT items.id, items.type, min(bundles.recorded_at), stated, retention_terms.sealed
FROM items
JOIN bundles USING (cord, sequence)
LEFT JOIN retention_terms ON retention_terms.item = items.id
WHERE items.verdict = 'accepted'
  AND bundles.recorded_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM erasures WHERE erasures.id = items.id)
GROUP BY items.id
HAVING min(bundles.recorded_at) < ? OR stated IS NOT NULL
