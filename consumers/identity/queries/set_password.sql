UPDATE accounts SET password_hash = ?, must_change_password = ?, changed_at = ? WHERE name = ?
