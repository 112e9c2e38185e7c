"""Decide who may see what (need to know)."""
