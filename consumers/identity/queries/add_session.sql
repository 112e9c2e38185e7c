INSERT INTO sessions (hash, account, holder, created_at, used_at, expires_at, address)
VALUES (?, ?, ?, ?, ?, ?, ?)
