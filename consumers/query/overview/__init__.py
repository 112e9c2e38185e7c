"""What is new for a reader since a moment, for the first page after the sign-in."""
