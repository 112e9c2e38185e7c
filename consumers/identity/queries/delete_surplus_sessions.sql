DELETE FROM sessions WHERE hash IN (
    SELECT hash FROM sessions
    WHERE account = ? AND (holder IS NOT NULL) = ?
    ORDER BY used_at DESC, created_at DESC, hash LIMIT -1 OFFSET ?
)
