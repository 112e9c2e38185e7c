SELECT hash, created_at, used_at, address FROM sessions
WHERE account = ? AND (holder IS NOT NULL) = ? AND expires_at > ? AND used_at > ?
ORDER BY used_at DESC, hash
