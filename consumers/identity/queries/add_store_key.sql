INSERT OR IGNORE INTO store_keys (name, value) VALUES (?, ?)
