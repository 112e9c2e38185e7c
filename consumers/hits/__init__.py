"""Decide which owner is notified of an indicator, and notify them."""
