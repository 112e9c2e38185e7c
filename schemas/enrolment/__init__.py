"""Write and read the files that a country and the mechanism exchange when a node is admitted."""
