SELECT statement, reason, stated_at, stage, since
FROM erasures LEFT JOIN erasure_statements ON target = id
WHERE id = ?
