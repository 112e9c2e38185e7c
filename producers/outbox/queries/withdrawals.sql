-- Withdrawn items, whose statement may stand: it was neither rejected nor abandoned.
SELECT target, reason, since FROM withdrawals
WHERE target IN ({list}) AND EXISTS (
    SELECT 1 FROM items
    WHERE items.id = statement AND (verdict IS NULL OR verdict NOT IN ('rejected', 'abandoned'))
)
