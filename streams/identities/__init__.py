"""Put together who is who from links and verdicts, for one reader (pure)."""
