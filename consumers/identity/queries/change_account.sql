UPDATE accounts SET
    country = ?, authority = ?, roles = ?, clearance = ?, sharing_groups = ?, exercises = ?,
    state = ?, changed_at = ?
WHERE name = ?
