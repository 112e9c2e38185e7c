SELECT name, country, authority, roles, clearance, sharing_groups, exercises, state,
    must_change_password
FROM accounts WHERE name = ?
