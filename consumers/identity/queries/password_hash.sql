SELECT password_hash FROM accounts WHERE name = ?
