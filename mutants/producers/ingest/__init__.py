"""Validate, seal and commit the rows that are handed over."""
