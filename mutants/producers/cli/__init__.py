"""Commands of a country node."""
