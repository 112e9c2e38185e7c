"""Run the demo: nodes, publication, story, check."""
