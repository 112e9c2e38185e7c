DELETE FROM sessions WHERE hash = ?
