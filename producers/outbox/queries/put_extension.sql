INSERT OR REPLACE INTO extensions VALUES (?, ?, ?, ?, ?)
