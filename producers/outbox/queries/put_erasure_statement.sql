INSERT OR IGNORE INTO erasure_statements VALUES (?, ?, ?, ?)
