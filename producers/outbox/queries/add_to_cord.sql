UPDATE cords
SET taken = taken + ?, refused = refused + ?, sealed_sum = ?, accepted_sum = ?
WHERE cord = ?
