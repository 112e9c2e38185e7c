"""Compare plans of operations, and answer what operations gave, for a reader."""
