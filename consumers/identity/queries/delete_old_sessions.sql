DELETE FROM sessions WHERE expires_at <= ? OR used_at <= ?
