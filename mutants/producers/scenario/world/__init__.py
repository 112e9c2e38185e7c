"""The people, objects, numbers and places of the scenario."""
