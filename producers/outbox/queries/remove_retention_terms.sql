DELETE FROM retention_terms WHERE item = ?
