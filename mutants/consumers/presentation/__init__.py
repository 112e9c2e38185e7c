"""Words and times that the page and the terminal share."""
