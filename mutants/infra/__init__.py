"""Engines, settings, keys and the log; on top, the command line and the orchestration."""
