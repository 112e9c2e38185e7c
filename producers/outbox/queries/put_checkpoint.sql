INSERT INTO checkpoints (origin, note, seen_at, state) VALUES (?, ?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET
    note = excluded.note, seen_at = excluded.seen_at, state = excluded.state
