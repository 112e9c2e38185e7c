INSERT INTO checkpoints (origin, contradiction) VALUES (?, ?)
ON CONFLICT (origin) DO UPDATE SET
    contradiction = coalesce(checkpoints.contradiction, excluded.contradiction)
