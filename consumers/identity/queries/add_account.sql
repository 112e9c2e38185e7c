INSERT INTO accounts (
    name, country, authority, roles, clearance, sharing_groups, exercises, state,
    must_change_password, password_hash, created_at, changed_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
