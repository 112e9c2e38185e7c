"""A country node: read, map, seal, keep, send; and the scenario."""
