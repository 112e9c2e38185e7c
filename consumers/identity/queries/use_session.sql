UPDATE sessions SET used_at = ? WHERE hash = ?
