"""Answer whether a person or an object is known and whom to ask, and nothing else."""
