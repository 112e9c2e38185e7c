INSERT INTO tokens (id, hash, account, label, scopes, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
