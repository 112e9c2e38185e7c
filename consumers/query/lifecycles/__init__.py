"""Answer what became of requests, alerts and joint work, for a reader, as of a moment."""
