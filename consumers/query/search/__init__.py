"""One search for anything: words, names, identifiers, places and ids, in released content."""
