"""Decide which processes `quipu up` starts, and run them."""
