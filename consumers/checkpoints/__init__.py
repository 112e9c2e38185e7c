"""Sign checkpoints of the log, and state to each node what the mechanism holds of it."""
