"""The paths of the node's HTTP intake, a file a subject."""
