"""The expected indicators, and the score of what was computed."""
