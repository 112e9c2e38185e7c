"""Compute the risk picture: a level for each place and theme of the plan, as one reader sees it.

`formula.toml` holds every number of the formula; docs/picture.md explains it.
"""
