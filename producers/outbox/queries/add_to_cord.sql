UPDATE cords
SET taken = taken + ?, refused = refused + ?, repeated = repeated + ?, sealed_sum = ?,
    accepted_sum = ?
WHERE cord = ?
