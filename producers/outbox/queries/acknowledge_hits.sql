UPDATE hits SET acknowledged_by = ?, acknowledged_at = ?
WHERE lower(hex(indicator)) LIKE ? AND acknowledged_at IS NULL
