INSERT INTO attempts (subject, failures, allowed_at, last_at) VALUES (?, ?, ?, ?)
ON CONFLICT (subject) DO UPDATE SET
    failures = excluded.failures, allowed_at = excluded.allowed_at, last_at = excluded.last_at
