SELECT account, holder, used_at, expires_at FROM sessions WHERE hash = ?
