"""Offer what tests of several folders use: made-up worlds, engines, readers, oracles."""
