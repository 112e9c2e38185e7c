SELECT id, account, label, scopes, created_at, expires_at, revoked_at, used_at
FROM tokens ORDER BY created_at, id
