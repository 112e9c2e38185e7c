-- Versions that may stand: neither rejected nor abandoned.
SELECT id, version FROM items
WHERE id IN ({list}) AND (verdict IS NULL OR verdict NOT IN ('rejected', 'abandoned'))
ORDER BY number
