"""Turn mapped values into events and sealed bundles (pure)."""
