"""Decide who is told of an indicator, and tell them."""
