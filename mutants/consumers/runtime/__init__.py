"""The life of a long-running consumer: start, liveness, lag, stop."""
