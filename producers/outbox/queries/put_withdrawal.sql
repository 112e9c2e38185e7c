INSERT OR REPLACE INTO withdrawals (target, statement, reason, since) VALUES (?, ?, ?, ?)
