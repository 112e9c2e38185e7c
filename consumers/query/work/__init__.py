"""Work of analysts: cases, notes, watch-lists, saved searches, verdicts on findings."""
