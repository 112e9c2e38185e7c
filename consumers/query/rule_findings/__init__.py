"""What rules over many records find, for one reader, as of a moment."""
