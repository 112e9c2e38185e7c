"""Read and write the topics of the log."""
