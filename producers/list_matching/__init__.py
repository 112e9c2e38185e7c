"""Match two lists, or one with itself: which rows are of one person."""
