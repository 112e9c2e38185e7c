DELETE FROM sessions WHERE account = ?
