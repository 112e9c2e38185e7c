"""Sign checkpoints of the log: how many messages each partition has, and their Merkle root."""
