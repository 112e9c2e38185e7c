"""Records that look like a match and are none."""
