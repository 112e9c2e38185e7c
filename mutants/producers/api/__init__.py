"""The node's own HTTP intake, on the loopback interface."""
