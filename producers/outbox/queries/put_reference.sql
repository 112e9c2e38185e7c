INSERT OR IGNORE INTO source_references VALUES (?, ?)
