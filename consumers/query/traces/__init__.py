"""Answer traces of weapons from what countries published, for a reader, as of a moment."""
