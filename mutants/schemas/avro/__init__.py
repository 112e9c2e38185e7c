"""Read and write the bytes of the log, and keep every released schema readable."""
