SELECT value FROM store_keys WHERE name = ?
