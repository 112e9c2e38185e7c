SELECT id, account, label, scopes, created_at, expires_at, revoked_at, used_at
FROM tokens WHERE hash = ?
