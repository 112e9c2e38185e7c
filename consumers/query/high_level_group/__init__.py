"""Answer what the high-level group set itself, how it is measured, and what its report says."""
