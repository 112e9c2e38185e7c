"""The HTTP API, on the loopback interface."""
