SELECT failures, allowed_at, last_at FROM attempts WHERE subject = ?
