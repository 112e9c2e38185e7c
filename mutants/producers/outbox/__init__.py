"""The SQLite store of a node: sealed bundles, receipts, hits."""
