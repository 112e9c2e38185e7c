"""Examine a machine and its engines before and while it works: what is wrong, and what to do."""
