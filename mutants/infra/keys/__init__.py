"""Key files of the mechanism and of nodes."""
