"""Answer every question, for one reader, as of one moment."""
