SELECT account, holder, created_at, used_at, expires_at FROM sessions WHERE hash = ?
