"""Decide who is notified of a new hit, when and how, and send it; the log keeps what was sent."""
