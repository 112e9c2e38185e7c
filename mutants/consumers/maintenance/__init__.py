"""Rebuild, reconcile, and look into rejects."""
