SELECT origin, note, seen_at, contradiction FROM checkpoints ORDER BY origin
