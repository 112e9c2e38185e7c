"""Objects and ways of acting that records of two countries describe in other words."""
