"""Commit to a log by a Merkle tree and a signed checkpoint that anybody can check."""
