INSERT OR REPLACE INTO retention_terms VALUES (?, ?, ?)
