"""Turn observations into evidence, and evidence into indicators (pure)."""
